package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What opens a door: credentials in URLs, tokens that their issuers made recognisable, private
 * keys, and whatever a text calls a password, a key or a token. The words around a secret stay.
 */
final class Secrets {

    /** By issuer: AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI and Anthropic, then others. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?:A(?:KIA|SIA|BIA|CCA|GPA|IDA|IPA|NPA|NVA|ROA)[A-Z0-9]{16}"
                        + "|gh[pousr]_[A-Za-z0-9]{30,255}+|github_pat_[A-Za-z0-9_]{22,255}+"
                        + "|gl(?:pat|ptt|dt|rt|cbt|ft|imt|agent|soat|ffct|oas)-[\\w.-]{20,300}"
                        + "|xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,300}|xapp-[\\w-]{10,300}"
                        + "|(?:sk|pk|rk)_(?:test|live)_[A-Za-z0-9]{10,250}+|whsec_[A-Za-z0-9+/=]{20,100}"
                        + "|AIza[\\w-]{35}|ya29\\.[\\w-]{20,500}|GOCSPX-[\\w-]{20,60}|1//0[\\w-]{30,120}"
                        + "|sk-(?:[a-z]{2,12}\\d{0,2}-)*[A-Za-z0-9_-]{20,300}"
                        + "|hf_[A-Za-z0-9]{30,60}+|npm_[A-Za-z0-9]{36}|pypi-[\\w-]{30,300}"
                        + "|SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}|(?:SK|AC)[0-9a-f]{32}|key-[0-9a-f]{32}"
                        + "|do[opr]_v1_[0-9a-f]{64}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|hvs\\.[\\w-]{24,200}"
                        + "|dapi[0-9a-f]{32}|lin_api_[A-Za-z0-9]{30,60}|glsa_[\\w]{30,60}|\\d{8,10}:[\\w-]{35}"
                        + "|eyJ[\\w-]{8,1024}+\\.[\\w-]{8,}+(?:\\.[\\w-]*+)?)(?![A-Za-z0-9])");

    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern SCHEME =
            Pattern.compile("(?:bearer|basic)[ \\u00A0]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?=[A-Za-z._~+/-]{0,80}+[0-9=])[A-Za-z0-9._~+/-]{12,}+={0,2}|[A-Za-z._~+/-]{24,}+={0,2}");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern KEY_END = Pattern.compile("-----END [A-Z0-9 ]{0,60}-----");
    private static final Pattern KEY_BODY =
            Pattern.compile("(?:\\s{0,4}(?:\\\\n)?[A-Za-z0-9+/=]{16,}+)*");
    private static final int LONGEST_KEY = 16_384;

    /** The authority of a URL up to its user's end; what is before the @ may be a word or two. */
    private static final Pattern USER_INFO =
            Pattern.compile("[^\\s/?#@\"'<>\\uE000]{1,256}+@(?=[\\p{L}\\p{N}\\[])");

    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?:[\\w-]{0,24}(?:token|secret|password|passwd|signature|credential)|pwd|pass|api[_-]?key|apikey|key|sig|auth"
                        + "|authorization|access[_-]?key|session(?:id|_id)?|sid|sas|jwt|client_secret)=",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE = Pattern.compile("[^\\s&#;\"'<>)\\]\\uE000]{6,}+");

    private Secrets() {}

    /** The credentials in a URL whose {@code ://} stands at a place. */
    static Optional<Span> inUrl(Text text, int colon) {
        Matcher user = text.at(colon + 3, USER_INFO);
        return user.lookingAt() ? secret(text, colon + 3, user.end() - 1) : Optional.empty();
    }

    /** The value of a URL's parameter that begins after a place's {@code ?} or {@code &}. */
    static Optional<Span> inQuery(Text text, int mark) {
        Matcher name = text.at(mark + 1, PARAMETER);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        Matcher value = text.at(name.end(), VALUE);
        return value.lookingAt() ? secret(text, value.start(), value.end()) : Optional.empty();
    }

    /** The token that begins at a place, or that follows its {@code Bearer}. */
    static Optional<Span> tokenAt(Text text, int start) {
        int length = 0;
        while (length < SHORTEST_TOKEN && isToken(text, start + length)) {
            length++;
        }
        if (length == SHORTEST_TOKEN) {
            Matcher token = text.at(start, TOKEN);
            return token.lookingAt() ? secret(text, start, token.end()) : Optional.empty();
        }
        char first = text.charAt(start);
        if (length >= 5 && length <= 6 && (first == 'b' || first == 'B')) {
            return afterScheme(text, start);
        }
        return Optional.empty();
    }

    private static Optional<Span> afterScheme(Text text, int start) {
        Matcher scheme = text.at(start, SCHEME);
        if (!scheme.lookingAt()) {
            return Optional.empty();
        }
        Matcher value = text.at(scheme.end(), CREDENTIAL);
        return value.lookingAt() ? secret(text, value.start(), value.end()) : Optional.empty();
    }

    /** The private key (RFC 7468) that begins at a place. */
    static Optional<Span> privateKeyAt(Text text, int start) {
        Matcher begin = text.at(start, PRIVATE_KEY);
        if (!begin.lookingAt()) {
            return Optional.empty();
        }
        Matcher end = KEY_END.matcher(text);
        end.region(begin.end(), Math.min(text.length(), begin.end() + LONGEST_KEY));
        if (end.find()) {
            return secret(text, start, end.end());
        }
        Matcher body = text.at(begin.end(), KEY_BODY);
        return secret(text, start, body.lookingAt() ? body.end() : begin.end());
    }

    private static boolean isToken(Text text, int index) {
        return index < text.length()
                && (text.isWord(index) || "_-.:/".indexOf(text.charAt(index)) >= 0);
    }

    private static Optional<Span> secret(Text text, int start, int end) {
        return Optional.of(new Span(PersonalData.SECRET, text.subSequence(start, end), start, end));
    }
}
