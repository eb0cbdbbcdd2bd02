package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Telephone numbers, told from other digits by how they are dialled and written: {@code +} or
 * {@code 00} and a country code (E.164), a trunk {@code 0}, a grouping that a national plan has to
 * itself, or a word before them that says so.
 */
final class PhoneNumber {

    private static final String GAP = " ()./-\u00A0\u202F\u2010\u2011\u2013";
    private static final int WIDEST_GAP = 3;
    private static final int MIN_DIGITS = 6;
    private static final int MAX_DIGITS = 17;

    /**
     * North America, where 300 is nobody's area; Iberia and France without a 0; Brazil; India;
     * China; Italy; Russia; Australia.
     */
    private static final Pattern NATIONAL =
            Pattern.compile(
                    "(?:1[ .-])?(?:\\([1-9]\\d{2}\\)[ -]?|(?![1-7]00)[1-9]\\d{2}([ .-]))[1-9]\\d{2}[ .-]\\d{4}"
                            + "|[6-9]\\d{2}(?:[ .-]\\d{2}){3}"
                            + "|\\(\\d{2}\\) ?9?\\d{4}[ -]\\d{4}|[1-9]\\d 9\\d{4}-\\d{4}"
                            + "|[6-9]\\d{4}[ -]\\d{5}"
                            + "|1[3-9]\\d([ -])\\d{4}\\2\\d{4}"
                            + "|3[2-9]\\d[ .]\\d{6,7}|3[2-9]\\d[ .]\\d{3}[ .]\\d{4}"
                            + "|8[ -]?\\(?[3489]\\d{2}\\)?[ -]\\d{3}[ -]\\d{2}[ -]?\\d{2}"
                            + "|1[38]00 \\d{3} \\d{3}");

    /** Groupings of many plans, and of much else: enough where the text speaks of telephones. */
    private static final Pattern GROUPED =
            Pattern.compile(
                    "\\d{3}([ .-])\\d{3}\\1\\d{3}|\\d{3,4}[ -]\\d{4}|\\d{2}(?:([ .-])\\d{2}\\2?){3}"
                            + "|\\d{2,3}([ .-])\\d{2,4}\\3\\d{2}(?:\\3?\\d{2})?|\\d{2} \\d{4}[ -]\\d{4}"
                            + "|\\d{3} \\d{2} \\d{3}|\\d{4} \\d{3} \\d{3}"
                            + "|\\d{2}([ .-])\\d{3}\\4\\d{2}\\4\\d{2}");

    private static final Label PHONE =
            Label.joined(
                    """
                    phone phones telephone tel tél mobile mob cell cellphone call calls called calling ring dial text sms
                    whatsapp signal telegram fax landline hotline reach callback ph contact_number contact_no msisdn
                    my_number meine_nummer mijn_nummer min_nummer mit_nummer mitt_nummer mon_numéro mi_número mio_numero meu_número
                    handy* telefon* rufnummer mobilnummer festnetz* anrufen ruf* rückruf* erreichbar mobil durchwahl
                    téléphone portable fixe appelez appeler joindre rappelez rappeler
                    teléfono móvil movil celular llámame llama llamar llame llamadme
                    telefone telemóvel ligue ligar zap cellulare chiamami chiamare chiamate chiama
                    telefoon* mobiel bel bellen komórka komórkowy zadzwoń dzwonić zadzwonić
                    mobilen ringa gsm natel handphone tlf* tfn puh puhelin* τηλ* телефон* *handynr *telnr тел звоните позвоните 电话 手机 電話
                    """,
                    """
                    number numbers numero número numéro nummer numer nr no n° nº is was it me us him her them back at on via
                    under home work office phone again now please ist lautet unter auf mich uns bitte der die an est le au moi
                    nous sur de es el al en nos é o para è il alla op naar het mij pod jest to mnie do på är mig privat my your er
                    or and und
                    """);

    private final Text text;
    private final int start;
    private final StringBuilder digits = new StringBuilder(MAX_DIGITS);
    private final int[] ends = new int[MAX_DIGITS + 1];

    private PhoneNumber(Text text, int start) {
        this.text = text;
        this.start = start;
    }

    /** Whether what stands at a place is called a telephone number. */
    static boolean isNamedBefore(Text text, int start) {
        return PHONE.directlyBefore(text, start);
    }

    /** The telephone number that begins at a place: as much of it as can be one. */
    static Optional<Span> at(Text text, int start) {
        boolean inside = text.isDigit(start - 2) && isTight(text, start - 1);
        if (inside || (isList(text, start) && !isNamedBefore(text, start))) {
            return Optional.empty();
        }
        PhoneNumber number = new PhoneNumber(text, start);
        number.read();
        if (number.digits.length() < MIN_DIGITS || Dates.isAt(text, number.ends[1] - 1)) {
            return Optional.empty();
        }
        return number.longest()
                .filter(span ->
                        text.is('+', start)
                                || isNamedBefore(text, start)
                                || !Label.SOMETHING_ELSE.directlyBefore(text, start));
    }

    /** Whether it begins with two groups of one digit each, 1 1 2. */
    private static boolean isList(Text text, int start) {
        return !text.isDigit(start + 1) && text.isDigit(start + 2) && !text.isDigit(start + 3);
    }

    /** Whether a digit before this character would belong to the same number. */
    private static boolean isTight(Text text, int index) {
        return text.isOneOf(".,/-:", index) || (text.is(' ', index) && text.isWord(index - 2));
    }

    private void read() {
        int place = start;
        while (place - start < WIDEST_GAP && text.isOneOf("+( ", place)) {
            place++;
        }
        while (digits.length() < MAX_DIGITS && text.isDigit(place)) {
            digits.append(text.charAt(place++));
            ends[digits.length()] = place;
            int next = place;
            while (next - place < WIDEST_GAP && text.isOneOf(GAP, next)) {
                next++;
            }
            place = next;
        }
    }

    private Optional<Span> longest() {
        for (int count = digits.length(); count >= MIN_DIGITS; count--) {
            if (endsAt(count) && isDialled(count)) {
                return span(count);
            }
        }
        if (!text.is('.', start + 1) && isNamedBefore(text, start)) { // unlike a pH of 7.35-7.45
            for (int count = Math.min(15, digits.length()); count >= MIN_DIGITS; count--) {
                if (endsAt(count)) {
                    return span(count);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Span> span(int count) {
        return Optional.of(
                new Span(PersonalData.PHONE, digits.substring(0, count), start, ends[count]));
    }

    /** An opening bracket belongs to a number whose area code it holds. */
    private boolean endsAt(int count) {
        int end = ends[count];
        if (text.is('(', start) && text.subSequence(start, end).indexOf(')') < 0) {
            return false;
        }
        boolean continued = text.isOneOf("./-,:", end) && text.isDigit(end + 1);
        return !text.isWord(end) && !continued && !text.is('@', end);
    }

    private boolean isDialled(int count) {
        boolean grouped = ends[count] - start > count;
        if (text.is('+', start)) {
            return digits.charAt(0) != '0' && count >= 8 && count <= 15;
        }
        if (digits.charAt(0) == '0') {
            return digits.charAt(1) == '0'
                    ? digits.charAt(2) != '0' && count >= 11 && count <= 16
                    : hasTrunkPrefix(count, grouped);
        }
        if (!grouped || count < 7 || count > 11) {
            return false;
        }
        String written = text.subSequence(start, ends[count]);
        return NATIONAL.matcher(written).matches()
                || (GROUPED.matcher(written).matches() && PHONE.nearBefore(text, start));
    }

    /**
     * Unlike a fraction, 0.1…, a book, 0-19…, an article's UPC, 0 12345…, or a part, 0 986 494 019.
     * A 0 may stand alone in Turkey, and before a French 8.
     */
    private boolean hasTrunkPrefix(int count, boolean grouped) {
        boolean alone = text.is(' ', start + 1) && text.isDigit(start + 2);
        boolean another =
                text.isOneOf(".-", start + 1)
                        || (alone && text.isDigit(start + 5))
                        || (alone && count != 11 && !text.is('8', start + 2));
        return !another
                && !isCounting()
                && !isOfMorePairs(count)
                && count >= (grouped ? 9 : 10)
                && count <= (grouped ? 12 : 11);
    }

    /** Unlike 0123456789. */
    private boolean isCounting() {
        return "01234567890".startsWith(digits.toString());
    }

    /** Numbers in pairs are ten digits in France and few elsewhere; more of them are a list. */
    private boolean isOfMorePairs(int count) {
        for (int pairs = 1; 2 * pairs < count; pairs++) {
            if (ends[2 * pairs] != start + 3 * pairs - 1) {
                return false;
            }
        }
        return count > 10 || (text.is(' ', ends[count]) && text.isDigit(ends[count] + 1));
    }
}
