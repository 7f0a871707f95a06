using System.Globalization;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Rules.Tests.Specs;

/// <summary>The verbs of backfill.</summary>
internal static class BackfillSpecs
{
    // expect-missing 08:20,08:30 from=08:00 to=09:00 minutes=10 came=08:00,08:10,08:41,08:50
    public static string? Missing(SpecLine line) => SpecBench.Is(line.Words[0], Text(Backfill.Missing(At(line["from"]), At(line["to"]), Length(line), Times(line))));

    // expect-runs 08:00-08:10,08:30-08:30 minutes=10 longest=60 came=08:00,08:10,08:30
    public static string? Runs(SpecLine line) => SpecBench.Is(
        line.Words[0], string.Join(',', Backfill.Runs(Times(line), Length(line), TimeSpan.FromMinutes(int.Parse(line["longest"], CultureInfo.InvariantCulture))).Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.First:HH:mm}-{run.Last:HH:mm}"))));

    // expect-gap Unfillable gap.no-data after=NoData attempts=1
    public static string? After(SpecLine line)
    {
        var (state, why) = Backfill.After(Enum.Parse<HistoryAnswer>(line["after"]), int.Parse(line["attempts"], CultureInfo.InvariantCulture));
        return SpecBench.Is($"{line.Words[0]} {(line.Words.Count > 1 ? line.Words[1] : "")}".Trim(), $"{state} {why}".Trim());
    }

    private static IEnumerable<DateTime> Times(SpecLine line) => line["came"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(At);

    private static TimeSpan Length(SpecLine line) => TimeSpan.FromMinutes(int.Parse(line["minutes"], CultureInfo.InvariantCulture));

    private static DateTime At(string time) => new DateTime(2026, 3, 1) + TimeSpan.Parse(time, CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<DateTime> starts) => string.Join(',', starts.Select(start => start.ToString("HH:mm", CultureInfo.InvariantCulture))) is { Length: > 0 } text ? text : "none";
}
