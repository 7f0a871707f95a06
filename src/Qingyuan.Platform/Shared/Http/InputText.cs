namespace Qingyuan.Platform.Shared.Http;

/// <summary>Texts that people send: what can be stored, sealed and shown.</summary>
public static class InputText
{
    public const int LongestNote = 4000;

    /// <summary>What belongs where <paramref name="text"/> cannot be taken; null when it can. Line breaks and tabs are fine, other control characters and lone surrogates are not.</summary>
    public static Fault? Fault(string? text, int longest = LongestNote) => text is null || (text.Length <= longest && IsPlain(text)) ? null : Faults.Text(longest);

    private static bool IsPlain(string text) =>
        !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) && (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 || IsWellFormed(text));

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            at++;
        }

        return true;
    }
}
