package io.millrace.ingest.redaction;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Words that say what a number is. A checksum of one digit lets every tenth number pass, so what
 * people call a number decides in doubt.
 */
final class Label {

    private static final Set<String> NUMBER =
            words(
                    """
                    number numbers no nr num id ids code key nummer numéro número numero numer n n° nº is was are ist war lautet
                    est es è é jest är de del du the a of with mit der die das my our your and und or oder new old
                    """);

    /** What a number is called that is nobody's: an order, a parcel, an article, a version. */
    static final Label SOMETHING_ELSE =
            of(
                    """
                    order* invoice* ticket* case ref reference* sku skus isbn issn ean upc gtin asin tracking parcel* package*
                    shipment* consignment waybill serial serials sn s/n part parts model* batch lot lots po article* art item*
                    product* booking* reservation* confirmation transaction* receipt* quote request job build commit version
                    release rev revision issue bug timestamp epoch unix barcode voucher coupon imei iccid vin doi record event
                    trace customer contract meter warranty rma awb container policy sensor device account member* claim
                    catalog* stock inventory license licence plate zip postcode postal population revenue total price amount
                    balance qty quantity size weight patent docket isin swift bic cusip charge tail flight train bus room
                    bestell* auftrag* rechnung* sendung* paket* artikel* serien* vorgang* kunden* kd kdnr vertrag* referenz*
                    zeitstempel lieferschein* konto* matrikel* akten* teile* typ modell
                    commande* facture* colis suivi dossier référence* devis produit client série
                    pedido* factura* albarán envío seguimiento referencia artículo* fatura* encomenda* rastreio serie cliente
                    *nummer *nr mitglied* ordine* fattura* spedizione pacco pratica articolo bestelling* factuur* pakket* zending* klant*
                    zamówieni* faktur* paczk* przesyłk* beställning* försändelse* заказ* номенклатур*
                    """);

    private static final int NEAR_BEFORE = 60;
    private static final int NEAR_AFTER = 30;
    private static final int DIRECTLY = 60;
    private static final int WIDEST_GAP = 6;
    private static final int LONGEST_ABBREVIATION = 4;
    private static final int LONGEST_INITIALS = 9;

    private final Set<String> words = new HashSet<>();
    private final Set<String> phrases = new HashSet<>();
    private final Set<String> stems = new HashSet<>();
    private final Set<String> endings = new HashSet<>();
    private final Set<String> links;
    private final int shortestStem;

    private Label(String words, Set<String> links) {
        for (String word : words(words)) {
            if (word.startsWith("*")) {
                endings.add(word.substring(1));
            } else if (word.endsWith("*")) {
                stems.add(word.substring(0, word.length() - 1));
            } else if (word.indexOf('_') > 0) {
                phrases.add(word.replace('_', ' '));
            } else {
                this.words.add(word);
            }
        }
        this.links = links;
        shortestStem = stems.stream().mapToInt(String::length).min().orElse(Integer.MAX_VALUE);
    }

    /**
     * A label of these words; {@code word*} stands for all that begin so, {@code *word} for all
     * that end so, {@code _} for a space.
     */
    static Label of(String words) {
        return new Label(words, NUMBER);
    }

    /** A label that may be joined to what it labels by some of these other words. */
    static Label joined(String words, String links) {
        return new Label(words, words(links));
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.strip().split("\\s+", -1)));
    }

    /** Whether it stands on the same line, shortly before the place or just behind the other. */
    boolean near(Text text, int start, int end) {
        return nearBefore(text, start) || isIn(new Text(text.after(end, NEAR_AFTER)));
    }

    /** Whether it stands on the same line, shortly before the place. */
    boolean nearBefore(Text text, int start) {
        return isIn(new Text(text.before(start, NEAR_BEFORE)));
    }

    private boolean isIn(Text line) {
        for (int place = 0; place < line.length(); place++) {
            if (isPart(line, place)) {
                int start = place;
                while (isPart(line, place)) {
                    place++;
                }
                if (holds(line, start, lower(line, start, place))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether nothing but "number", "is", a colon and the like stands between it and the place. */
    boolean directlyBefore(Text text, int place) {
        if (this == SOMETHING_ELSE && text.is('#', place - 1)) {
            return true;
        }
        int next = place;
        while (place - next < DIRECTLY) {
            int end = next;
            while (end > 0 && !isPart(text, end - 1)) {
                if (next - end >= WIDEST_GAP
                        || Text.isBarrier(text.charAt(end - 1))
                        || text.isOneOf("!?;", end - 1)) {
                    return false;
                }
                end--;
            }
            int start = partStart(text, end);
            String word = lower(text, start, end);
            if (word.isEmpty() || endsSentence(text, end, word)) {
                return false;
            }
            if (holds(text, start, word)) {
                return true;
            }
            if (!links.contains(word)) {
                return false;
            }
            next = start;
        }
        return false;
    }

    private boolean holds(Text text, int start, String word) {
        if (words.contains(word)) {
            return true;
        }
        for (int length = shortestStem; length <= word.length(); length++) {
            if (stems.contains(word.substring(0, length))) {
                return true;
            }
        }
        for (String ending : endings) {
            if (word.endsWith(ending) && word.length() > ending.length()) {
                return true;
            }
        }
        return !phrases.isEmpty() && phrases.contains(phrase(text, start, word));
    }

    /** The word with the one before it. */
    private static String phrase(Text text, int start, String word) {
        int gap = start;
        while (text.isOneOf(" -_", gap - 1)) {
            gap--;
        }
        return lower(text, partStart(text, gap), gap) + " " + word;
    }

    private static String lower(Text text, int start, int end) {
        String word = text.subSequence(start, end).toLowerCase(Locale.ROOT);
        return end - start > 2 && !isPart(text, start + 1)
                ? word.replace(".", "").replace("/", "")
                : word;
    }

    /** Where the word begins that ends at a place; {@code S.I.N} and {@code S/N} are one each. */
    private static int partStart(Text text, int end) {
        int start = end;
        while (isPart(text, start - 1) && end - start < DIRECTLY) {
            start--;
        }
        if (end - start == 1) {
            while (end - start < LONGEST_INITIALS
                    && text.isOneOf("./", start - 1)
                    && isPart(text, start - 2)
                    && !isPart(text, start - 3)) {
                start -= 2;
            }
        }
        return start;
    }

    /**
     * A point behind a short word makes an abbreviation of it, such as "no." or "Tel."; so does
     * "nr".
     */
    private static boolean endsSentence(Text text, int end, String word) {
        return word.length() > LONGEST_ABBREVIATION
                && text.is('.', end)
                && text.is(' ', end + 1)
                && !word.endsWith("nr");
    }

    private static boolean isPart(Text text, int index) {
        return text.isLetter(index) || text.isOneOf("°º§", index);
    }
}
