using System.Globalization;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Times in a query string: RFC 3339 with an offset.</summary>
public static class QueryTime
{
    /// <summary>Code of the sentence that says so, among <see cref="Faults"/>.</summary>
    public const string Expected = "time";

    private const int EarliestYear = 1900;
    private const int LatestYear = 9000;

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>True when absent (then null) or well formed.</summary>
    public static bool TryParse(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (text is null) return true;
        var said = text.Replace(' ', '+'); // a plus sign that was not escaped arrives as a blank
        if (!said.EndsWith('Z') && said.LastIndexOfAny(['+', '-']) < 11) return false;
        if (!DateTimeOffset.TryParseExact(said, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) return false;
        if (parsed.Year is < EarliestYear or > LatestYear) return false; // nothing was measured there, and sums of times would leave the calendar
        at = parsed;
        return true;
    }
}
