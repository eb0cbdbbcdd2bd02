package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Write to ann.o'neil@example.org today.       | Write to <EMAIL_1> today.
                    Write to ANN+shop@mail.example.co.uk, please | Write to <EMAIL_1>, please
                    Call +44 20 7946 0958 after six              | Call <PHONE_1> after six
                    Call +4915112345678                          | Call <PHONE_1>
                    Call 0049 151 1234 5678 today                | Call <PHONE_1> today
                    Mobile 07700 900123.                         | Mobile <PHONE_1>.
                    Mobile 0171/2345678, evenings                | Mobile <PHONE_1>, evenings
                    Ring (555) 234-5678 or 555-876-5432          | Ring <PHONE_1> or <PHONE_2>
                    Ring (020) 7946 0958                         | Ring <PHONE_1>
                    Card 4111 1111 1111 1111 was charged         | Card <CARD_1> was charged
                    Card 4111111111111111 123                    | Card <CARD_1> 123
                    amex 3782-822463-10005                       | amex <CARD_1>
                    Pay to DE89 3704 0044 0532 0130 00 PLEASE    | Pay to <IBAN_1> PLEASE
                    Pay to gb29nwbk60161331926819.               | Pay to <IBAN_1>.
                    jane dot doe at example dot com, bob (at) x.org | <EMAIL_1>, <EMAIL_2>
                    Login from 203.0.113.77 and fe80::1ff:fe23:4567:890a | Login from <IP_1> and <IP_2>
                    My SSN is 123-45-6789                        | My SSN is <NATIONAL_ID_1>
                    open https://bob:hunter2@db.example.com/x    | open https://<SECRET_1>@db.example.com/x
                    https://a.example/?token=abcdef1234&x=1      | https://a.example/?token=<SECRET_1>&x=1
                    Authorization: Bearer abcdef0123456789       | Authorization: Bearer <SECRET_1>
                    my password is Tr0ub4dor&3.                  | my password is <SECRET_1>.
                    charge 4111 1111 1111 1111 again             | charge <CARD_1> again
                    mit nummer er 20 12 34 56                    | mit nummer er <PHONE_1>
                    msisdn=491701234567                          | msisdn=<PHONE_1>
                    licence key: AB3D-99KL-QW2E-77YU             | licence key: <SECRET_1>
                    ring 0 532 123 45 67                         | ring <PHONE_1>
                    mysql -u root -pZx81spectrum shop            | mysql -u root -p<SECRET_1> shop
                    docker login -u ci -p r3gistry-pw x.example  | docker login -u ci -p <SECRET_1> x.example
                    the wifi password\u2019s blue-kettle-11 now | the wifi password\u2019s <SECRET_1> now
                    the password for the portal = Orchid55$      | the password for the portal = <SECRET_1>
                    the PIN for my card is 4471                  | the PIN for my card is <SECRET_1>
                    the pw was changed to Zebra*Crossing1 today  | the pw was changed to <SECRET_1> today
                    my password? It is Ferrari458, capital F     | my password? It is <SECRET_1>, capital F
                    unlock code (PIN): 830114                    | unlock code (PIN): <SECRET_1>
                    user anna and password Kaffee!88 please      | user anna and password <SECRET_1> please
                    passphrase = "river stone candle"            | passphrase = "<SECRET_1>"
                    ALTER USER a IDENTIFIED BY 'Br1dge_Over';     | ALTER USER a IDENTIFIED BY '<SECRET_1>';
                    Contraseña nueva: Sol&Mar22                  | Contraseña nueva: <SECRET_1>
                    heslo je Brno2020                            | heslo je <SECRET_1>
                    credentials are admin/Sup3rS3cret            | credentials are <SECRET_1>
                    haslo do wifi: Kotek123                      | haslo do wifi: <SECRET_1>
                    Pay to NO93 8601 1117 947 or FR14 2004 1010 0505 0001 3M02 606 | Pay to <IBAN_1> or <IBAN_2>
                    """)
    void personalDataBecomesATypedPlaceholder(String text, String expected) {
        assertThat(new Redactor().redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order 2207 has not arrived, nor has #4111111111111111.",
                "Order 10023345 from 2024-01-15 at 10:30",
                "Delivered 01.02.2024 12.30, ticket 4111111111111112",
                "Windows 10.0.19041.1234, section 4.2.1.3, 127.0.0.1:8080",
                "It cost 1,299.00 and weighs 1200 g; SKU AB12CDEF3456GHIJ78",
                "DE89 3704 0044 0532 0130 01 has a wrong checksum",
                "me @ home, price 5@3.20",
                "git clone git@github.com:acme/shop.git, logo@2x.png",
                "Password: must be long; forgot my password: how?",
                "std::vector at 12:30:45, MAC 00:1A:2B:3C:4D:5E",
                "upgraded from 1.2.3.4 to 1.2.3.5, cidr: 10.0.0.0/8",
                "resolution 300 600 1200 dpi, 0 1 1 2 3 5 8 13 21, pH 7.35-7.45",
                "Bosch 0 986 494 019 brake pads",
                "{ this.password = password; } db.connect(password=newPassword)",
                "mkdir -p target/classes; ssh -p 2222 host; docker run -p 8080:80 nginx",
                "a pass for the museum is 12EUR, the token was moved to cache-v2",
                "a record that is identified by 'order-id2'; in una parola: bellissimo",
                "Between 2019-2024 I bought 12 of 15 tents"
            })
    void ordinaryNumbersSurvive(String text) {
        assertThat(new Redactor().redact(text)).isSameAs(text);
    }

    @Test
    void aPasswordMayStandBelowItsNameOnALineOfItsOwn() {
        assertThat(
                        new Redactor()
                                .redact(
                                        "User\nbob\nPassword\nQx7-pp-Lm\nI forgot my password\n2 times a day"))
                .isEqualTo("User\nbob\nPassword\n<SECRET_1>\nI forgot my password\n2 times a day");
    }

    @Test
    void theSameDatumGetsTheSamePlaceholderInEveryTextOfAnEvent() {
        Interaction event =
                interaction(
                        "From a@b.example and c@d.example, card 4111-1111-1111-1111",
                        "Dear A@B.example, we charged 4111 1111 1111 1111.");

        Interaction redacted = Redaction.DEFAULT.of(event);

        assertThat(redacted.messages().getFirst().content())
                .isEqualTo("From <EMAIL_1> and <EMAIL_2>, card <CARD_1>");
        assertThat(redacted.answer()).isEqualTo("Dear <EMAIL_1>, we charged <CARD_1>.");
        assertThat(redacted.tags()).containsExactly("from <EMAIL_2>");
    }

    @Test
    void aSecondPassChangesNothing() {
        Interaction once =
                Redaction.DEFAULT.of(
                        interaction(
                                "Mail a@b.example, call +44 20 7946 0958",
                                "DE89370400440532013000"));

        assertThat(Redaction.DEFAULT.of(once)).isEqualTo(once);
    }

    @Test
    void aListedNameIsFoundAsAWholeWordInItsSpellingOrInCapitals() {
        RedactionRules rules = RedactionRules.DEFAULT.withNames(List.of("Mark", "Ann Lee"));

        assertThat(new Redactor(rules).redact("Mark's friend ANN  LEE, mark my words, Marking"))
                .isEqualTo("<NAME_1>'s friend <NAME_2>, mark my words, Marking");
    }

    @Test
    void aCountryThatIsNotAskedForIsNotLookedFor() {
        RedactionRules rules = new RedactionRules(List.of(), Set.of("DE"), Set.of());

        assertThat(new Redactor(rules).redact("SSN 123-45-6789")).isEqualTo("SSN 123-45-6789");
    }

    @Test
    void aCountryThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> new RedactionRules(List.of(), Set.of("ZZ"), Set.of()))
                .hasMessageContaining("ZZ")
                .hasMessageContaining("DE");
    }

    @Test
    void aPlaceholderOfAnEarlierPassKeepsItsNumberForItself() {
        assertThat(new Redactor().redact("From <EMAIL_1> to b@c.example"))
                .isEqualTo("From <EMAIL_1> to <EMAIL_2>");
    }

    @Test
    void aPlaceholderThatAPersonTypedInALaterTextIsNotGivenToAnEarlierOne() {
        Interaction event = interaction("I am b@c.example", "Hello <EMAIL_1>, who is <EMAIL_2>?");

        Interaction redacted = Redaction.DEFAULT.of(event);

        assertThat(redacted.messages().getFirst().content()).isEqualTo("I am <EMAIL_3>");
        assertThat(redacted.answer()).isEqualTo(event.answer());
    }

    @Test
    void aKindThatIsOffStays() {
        RedactionRules rules =
                new RedactionRules(
                        List.of(), Set.of(), Set.of(PersonalData.IP, PersonalData.PHONE));

        assertThat(new Redactor(rules).redact("10.20.30.140, +44 20 7946 0958, a@b.example"))
                .isEqualTo("10.20.30.140, +44 20 7946 0958, <EMAIL_1>");
    }

    private static Interaction interaction(String prompt, String answer) {
        return new Interaction(
                new InteractionId("i-1"),
                new PrincipalId("p-1"),
                null,
                "model-1",
                List.of(Message.user(prompt)),
                answer,
                List.of("from c@d.example"),
                5,
                Instant.EPOCH);
    }
}
