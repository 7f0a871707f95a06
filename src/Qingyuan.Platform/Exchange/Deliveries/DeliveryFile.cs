using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>What a file is called and what it says of itself.</summary>
internal static class DeliveryFile
{
    public static string Format(DeliveryForm form) => AlarmTexts.Code(form);

    public static string Type(string fileName) => TableFiles.Type(Path.GetExtension(fileName)[1..]);

    public static string Name(string delivery, DeliveryRunRow run, DeliveryForm form) =>
        string.Create(CultureInfo.InvariantCulture, $"{delivery}_{run.From:yyyyMMddHHmm}-{run.To:yyyyMMddHHmm}{(run.Revision > 0 ? $"_r{run.Revision}" : "")}.{Format(form)}");

    /// <param name="corrects">SHA-256 of the file before, for a correction.</param>
    /// <param name="into">Written from its place on; stays open.</param>
    public static Task WriteAsync(string delivery, DeliveryRule rule, DeliveryRunRow run, string? corrects, DeliveryTable table, DateTimeOffset now, Stream into, CancellationToken ct) =>
        TableFiles.WriteAsync(Format(rule.Form), DeliveryTable.Columns, table.Rows(), About(delivery, rule, run, corrects, table, now), into, ct);

    private static List<(string Name, string Text)> About(string delivery, DeliveryRule rule, DeliveryRunRow run, string? corrects, DeliveryTable table, DateTimeOffset now)
    {
        List<(string, string)> about =
        [
            ("policy", delivery), ("policy_version", Text(run.Version)), ("recipient", rule.Recipient), ("organisation", rule.Organisation), ("purpose", rule.Purpose ?? ""),
            ("period_from", Stamp(StationClock.Instant(run.From))), ("period_to_exclusive", Stamp(StationClock.Instant(run.To))), ("time_zone", "UTC+08:00"), ("generated_at", Stamp(now)),
            ("revision", Text(run.Revision)), ("data", string.Join(' ', rule.Data.Order().Select(AlarmTexts.Code))), ("factors", rule.Factors.Count is 0 ? "all" : string.Join(' ', rule.Factors)),
            ("stations", Text(table.Stations)), ("rows", Text(table.Count)), ("values_sha256", table.Digest),
        ];
        if (corrects is not null) about.Add(("corrects_sha256", corrects));
        return about;
    }

    private static string Stamp(DateTimeOffset at) => at.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
