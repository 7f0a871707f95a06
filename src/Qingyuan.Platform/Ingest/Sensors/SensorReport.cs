using System.Globalization;
using System.Text;
using System.Text.Json;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>What a door, a meter or a shelter sensor says, as JSON (docs/sensors.md). A pure function of the bytes: they are kept like a frame, and read again after a crash.</summary>
/// <param name="At">Station wall clock.</param>
/// <param name="Readings">Numbers by code, as sent.</param>
/// <param name="Told">States and logs by code.</param>
internal sealed record SensorReport(DateTime At, IReadOnlyList<KeyValuePair<string, string>> Readings, IReadOnlyList<KeyValuePair<string, string>> Told)
{
    /// <summary>In place of a command code.</summary>
    public const string Command = "sensor";

    public const int LargestBytes = 8 * 1024;
    private const int MostItems = 100;
    private const int LongestText = 300;

    /// <summary>True for what is kept of a sensor and not of a logger: no frame of HJ 212 begins so.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes is [(byte)'{', ..];

    /// <summary>Reads one.</summary>
    /// <param name="bytes">As received.</param>
    /// <param name="report">Null when it cannot be taken.</param>
    /// <returns>Null, or the member that is wrong and what it must be.</returns>
    public static FieldFault? TryRead(ReadOnlySpan<byte> bytes, out SensorReport? report)
    {
        report = null;
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return Wrong("body", new Fault(IngestTexts.All, "sensor-object"));
        }

        if (root.ValueKind is not JsonValueKind.Object) return Wrong("body", new Fault(IngestTexts.All, "sensor-object"));
        if (!root.TryGetProperty("at", out var at) || at.ValueKind is not JsonValueKind.String || !DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return Wrong("at", new Fault(IngestTexts.All, "sensor-time"));
        var (readings, told) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>());
        if (Items(root, "readings", readings, IsReading, IsNumber) is { } bad) return bad;
        if (Items(root, "states", told, code => IsInformation(code, '2'), text => text.Length is > 0 and <= 16) is { } badState) return badState;
        if (Items(root, "logs", told, code => IsInformation(code, '1'), text => text.Length is > 0 and <= LongestText) is { } badLog) return badLog;
        if (readings.Count + told.Count is 0 or > MostItems) return Wrong("readings", new Fault(IngestTexts.All, "sensor-count", MostItems));
        report = new(StationClock.Wall(moment), readings, told);
        return null;
    }

    private static FieldFault? Items(JsonElement root, string member, List<KeyValuePair<string, string>> into, Func<string, bool> isCode, Func<string, bool> isValue)
    {
        if (!root.TryGetProperty(member, out var items)) return null;
        if (items.ValueKind is not JsonValueKind.Object) return Wrong(member, new Fault(IngestTexts.All, "sensor-members"));
        foreach (var item in items.EnumerateObject())
        {
            var text = item.Value.ValueKind switch { JsonValueKind.String => item.Value.GetString()!, JsonValueKind.Number => item.Value.GetRawText(), _ => "" };
            if (!isCode(item.Name)) return Wrong($"{member}.{Shown(item.Name)}", member is "readings" ? new Fault(IngestTexts.All, "sensor-reading-code") : new Fault(IngestTexts.All, "sensor-information-code"));
            if (!isValue(text) || text.AsSpan().ContainsAnyInRange('\0', '\u001f')) return Wrong($"{member}.{item.Name}", member is "readings" ? Faults.Number : Faults.Text(LongestText));
            into.Add(new(member is "readings" ? item.Name : item.Name + "-Info", text));
        }

        return null;
    }

    private static FieldFault Wrong(string field, Fault fault) => new(field, fault);

    private static string Shown(string name) => name.Length > 32 ? name[..32] : name;

    // A sensor measures no pollutant: w and a codes come from loggers alone.
    private static bool IsReading(string code) => code.Length is >= 3 and <= 8 && code[0] is 'i' or 'd' or 'e' or 'g' or 'p' && code.All(char.IsAsciiLetterOrDigit);

    private static bool IsInformation(string code, char kind) => code.Length is 6 && code[0] is 'i' && code[2] == kind && code.All(char.IsAsciiLetterOrDigit);

    private static bool IsNumber(string text) => text.Length <= 18 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>For messages, without the bytes themselves.</summary>
    public override string ToString() => new StringBuilder().Append(At.ToString("s", CultureInfo.InvariantCulture)).Append(' ').Append(Readings.Count).Append('+').Append(Told.Count).ToString();
}
