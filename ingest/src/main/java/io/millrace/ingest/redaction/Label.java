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
                    number numbers no nr num id code key nummer numéro número numero numer n n° nº is was are ist war lautet est
                    es è é jest är de del du
                    """);

    /** What a number is called that is nobody's: an order, a parcel, an article, a version. */
    static final Label SOMETHING_ELSE =
            of(
                    """
                    order orders invoice ticket case ref reference sku isbn issn ean upc gtin asin tracking parcel package
                    shipment consignment waybill serial sn part model batch lot po article item product booking
                    reservation confirmation transaction receipt quote request job build commit version release rev revision
                    issue bug timestamp barcode voucher coupon imei iccid vin doi record event trace customer contract meter
                    warranty rma awb container policy sensor device
                    bestell* auftrag* rechnung* sendung* paket* artikel* serien* vorgang* kundennummer vertrag* referenz*
                    zeitstempel lieferschein*
                    commande facture colis suivi dossier référence devis
                    pedido factura albarán envío seguimiento referencia artículo fatura encomenda rastreio
                    ordine fattura spedizione pacco pratica bestelling* factuur* pakket* zending*
                    zamówieni* faktur* paczk* przesyłk* beställning* ordernummer försändelse*
                    """);

    private static final int NEAR_BEFORE = 60;
    private static final int NEAR_AFTER = 30;
    private static final int DIRECTLY = 48;

    private final Set<String> words = new HashSet<>();
    private final Set<String> stems = new HashSet<>();
    private final Set<String> links;
    private final int shortestStem;

    private Label(String words, Set<String> links) {
        for (String word : words(words)) {
            if (word.endsWith("*")) {
                stems.add(word.substring(0, word.length() - 1));
            } else {
                this.words.add(word.replace('_', ' '));
            }
        }
        this.links = links;
        shortestStem = stems.stream().mapToInt(String::length).min().orElse(Integer.MAX_VALUE);
    }

    /** A label of these words; {@code word*} stands for all that begin so, {@code _} for a space. */
    static Label of(String words) {
        return new Label(words, NUMBER);
    }

    /** A label that may be joined to what it labels by some of these other words. */
    static Label joined(String words, String links) {
        return new Label(words, words(links));
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.strip().split("\\s+")));
    }

    /** Whether it stands on the same line, shortly before the place or just behind the other. */
    boolean near(Text text, int start, int end) {
        return isIn(text.before(start, NEAR_BEFORE)) || isIn(text.after(end, NEAR_AFTER));
    }

    /** Whether nothing but "number", "is", a colon and the like stands between it and the place. */
    boolean directlyBefore(Text text, int start) {
        if (this == SOMETHING_ELSE && text.is('#', start - 1)) {
            return true;
        }
        String before = text.before(start, DIRECTLY).toLowerCase(Locale.ROOT);
        int end = before.length();
        while (true) {
            int wordEnd = end;
            while (wordEnd > 0 && !isWord(before.charAt(wordEnd - 1))) {
                if (isStop(before.charAt(--wordEnd), end - wordEnd)) {
                    return false;
                }
            }
            int wordStart = wordStart(before, wordEnd);
            String word = before.substring(wordStart, wordEnd);
            if (word.isEmpty() || endsSentence(before, wordEnd, word)) {
                return false;
            }
            if (holds(word) || words.contains(phrase(before, wordStart, wordEnd))) {
                return true;
            }
            if (!links.contains(word)) {
                return false;
            }
            end = wordStart;
        }
    }

    private boolean isIn(String line) {
        String text = line.toLowerCase(Locale.ROOT);
        int start = 0;
        while (start < text.length()) {
            if (!isWord(text.charAt(start))) {
                start++;
                continue;
            }
            int end = start;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            if (holds(text.substring(start, end)) || words.contains(phrase(text, start, end))) {
                return true;
            }
            start = end;
        }
        return false;
    }

    private boolean holds(String word) {
        if (words.contains(word)) {
            return true;
        }
        for (int length = shortestStem; length <= word.length(); length++) {
            if (stems.contains(word.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** The word with the one before it. */
    private static String phrase(String text, int start, int end) {
        int gap = start;
        while (gap > 0 && " -_".indexOf(text.charAt(gap - 1)) >= 0) {
            gap--;
        }
        return text.substring(wordStart(text, gap), gap) + " " + text.substring(start, end);
    }

    private static int wordStart(String text, int end) {
        int start = end;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** A sentence ends the reach of a label, and so does a gap of more than a few signs. */
    private static boolean isStop(char c, int length) {
        return length > 6 || c == '!' || c == '?' || c == ';';
    }

    /** A point behind a short word makes an abbreviation of it, such as "no." or "Tel.". */
    private static boolean endsSentence(String text, int wordEnd, String word) {
        return word.length() > 4 && text.startsWith(". ", wordEnd);
    }

    private static boolean isWord(char c) {
        return Character.isLetter(c) || c == '°' || c == 'º' || c == '§';
    }
}
