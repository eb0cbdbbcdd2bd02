package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Telephone numbers, told from other digits by how they are dialled and written: {@code +} or
 * {@code 00} and a country code (E.164), a trunk {@code 0}, a grouping that a national plan has to
 * itself, or a word before them that says so.
 */
final class PhoneNumber {

    private static final String GAP = "[ ()./\\u00A0\\u202F\\u2011\\u2013-]";
    private static final Pattern CANDIDATE =
            Pattern.compile("(?:\\+ ?\\(?|\\()?\\d(?:" + GAP + "{0,3}\\d){5,16}+");

    /** North America; Iberia and France without a 0; Brazil; India; China; Italian mobiles. */
    private static final Pattern NATIONAL_GROUPING =
            Pattern.compile(
                    "(?:1[ .-])?(?:\\([2-9]\\d{2}\\)[ -]?|[2-9]\\d{2}([ .-]))[1-9]\\d{2}[ .-]\\d{4}"
                            + "|[6-9]\\d{2}(?:[ .-]\\d{2}){3}"
                            + "|\\(\\d{2}\\) ?9?\\d{4}[ -]\\d{4}|[1-9]\\d 9\\d{4}-\\d{4}"
                            + "|[6-9]\\d{4}[ -]\\d{5}"
                            + "|1[3-9]\\d([ -])\\d{4}\\2\\d{4}"
                            + "|3[2-9]\\d[ .]\\d{6,7}|3[2-9]\\d[ .]\\d{3}[ .]\\d{4}");

    private static final Pattern NINE_IN_THREES =
            Pattern.compile("[2-9]\\d{2}([ .-])\\d{3}\\1\\d{3}");
    private static final Pattern DATE =
            Pattern.compile(
                    "(?:\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}|(?:19|20)\\d{2}([./-])\\d{1,2}\\2\\d{1,2}"
                            + "|(?:0?[1-9]|1[0-2])[./-](?:19|20)\\d{2}|(?:19|20)\\d{2}[01]\\d[0-3]\\d)(?![\\d./-])");

    private static final Label PHONE =
            Label.joined(
                    """
                    phone phones telephone tel tél mobile mob cell cellphone call calls called calling ring dial text sms
                    whatsapp signal telegram fax landline hotline reach callback
                    handy handynummer telefon telefonnummer rufnummer mobilnummer festnetz anrufen ruf* rückruf erreichbar mobil
                    téléphone portable fixe appelez appeler joindre rappelez rappeler
                    teléfono móvil movil celular llámame llamar llame llamadme
                    telefone telemóvel ligue ligar zap telefono cellulare chiamami chiamare chiamate chiama
                    telefoonnummer telefoon mobiel bel bellen komórka komórkowy telefonu zadzwoń dzwonić zadzwonić
                    telefonnumret mobilnumret mobilen ringa gsm
                    """,
                    """
                    number numbers numero número numéro nummer numer nr no n° nº is was it me us him her them back at on via
                    under home work office phone again now please ist lautet unter auf mich uns bitte der die an est le au moi
                    nous sur de es el al en nos é o para è il alla op naar het mij pod jest to mnie do på är mig privat
                    """);

    private PhoneNumber() {}

    /** The telephone number that begins at a place: as much of it as can be one. */
    static Optional<Span> at(Text text, int start) {
        if (text.isDigit(start - 2) && isTight(text, start - 1)) {
            return Optional.empty();
        }
        Matcher matcher = text.at(start, CANDIDATE);
        if (!matcher.lookingAt() || text.at(start, DATE).lookingAt()) {
            return Optional.empty();
        }
        boolean another = !text.is('+', start) && Label.SOMETHING_ELSE.directlyBefore(text, start);
        for (int end = matcher.end(); !another && end - start >= 6; end--) {
            if (text.isDigit(end - 1) && endsAt(text, end)) {
                String written = text.subSequence(start, end);
                String digits = text.digits(start, end);
                if (isDialled(text, start, written, digits)) {
                    return Optional.of(new Span(PersonalData.PHONE, digits, start, end));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a digit before this character would belong to the same number. */
    private static boolean isTight(Text text, int index) {
        return ".,/-:".indexOf(text.charAt(index)) >= 0
                || (text.is(' ', index) && text.isDigit(index - 2));
    }

    private static boolean endsAt(Text text, int end) {
        boolean continued = "./-,:".indexOf(end < text.length() ? text.charAt(end) : ' ') >= 0;
        return !text.isWord(end) && !(continued && text.isDigit(end + 1)) && !text.is('@', end);
    }

    private static boolean isDialled(Text text, int start, String written, String digits) {
        if (written.startsWith("+")) {
            return digits.charAt(0) != '0' && digits.length() >= 8 && digits.length() <= 15;
        }
        if (written.startsWith("0.") || written.startsWith("0-")) { // a fraction, a book
            return false;
        }
        return hasInternationalPrefix(digits)
                || hasTrunkPrefix(written, digits)
                || NATIONAL_GROUPING.matcher(written).matches()
                || (NINE_IN_THREES.matcher(written).matches()
                        && PHONE.near(text, start, start + written.length()))
                || (digits.length() <= 15 && PHONE.directlyBefore(text, start));
    }

    private static boolean hasInternationalPrefix(String digits) {
        return digits.startsWith("00")
                && digits.charAt(2) != '0'
                && digits.length() >= 11
                && digits.length() <= 16;
    }

    private static boolean hasTrunkPrefix(String written, String digits) {
        boolean grouped = written.length() > digits.length();
        return digits.charAt(0) == '0'
                && digits.charAt(1) != '0'
                && digits.length() >= (grouped ? 9 : 10)
                && digits.length() <= (grouped ? 12 : 11);
    }
}
