package io.millrace.ingest.curation;

/**
 * Levenshtein's distance over UTF-16 characters, only as far as a limit needs it (Ukkonen's band).
 */
final class EditDistance {

    private EditDistance() {}

    /** Whether the distance is at least this share of the longer text's length. */
    static boolean reaches(double share, String a, String b) {
        int enough = (int) Math.ceil(share * Math.max(a.length(), b.length()));
        return enough == 0 || capped(a, b, enough) == enough;
    }

    /** The smaller of the distance and the cap; time and space grow with cap × length. */
    static int capped(String a, String b, int cap) {
        if (Math.abs(a.length() - b.length()) >= cap) {
            return cap;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = Math.min(j, cap);
        }
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - cap);
            int to = Math.min(b.length(), i + cap);
            current[from - 1] = from == 1 ? Math.min(i, cap) : cap;
            int best = current[from - 1];
            for (int j = from; j <= to; j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int deleted = j == i + cap ? cap : previous[j] + 1;
                current[j] =
                        Math.min(cap, Math.min(replaced, Math.min(deleted, current[j - 1] + 1)));
                best = Math.min(best, current[j]);
            }
            if (best == cap) {
                return cap;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
