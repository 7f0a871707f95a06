using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Ingest.Sensors;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>What a stored frame says, as the twin takes it: a pure function of its bytes. Texts stay as sent; only codes of 2005 get their names of 2017.</summary>
internal static class ReportDecoder
{
    private static readonly ConcurrentDictionary<int, string> Commands = new();

    private static readonly KeyValuePair<string, string>[] NoFields = [];

    // Reused, because history comes in floods; what leaves here is copied out of it.
    [ThreadStatic]
    private static List<FactorValue>? _read;

    /// <summary>Null for bytes that are no frame and for answers, which mean nothing to a twin.</summary>
    public static StationReport? Decode(StoredFrame frame) => Decode(frame, out _);

    /// <summary>Null for bytes that are no frame and for answers, which mean nothing to a twin.</summary>
    /// <param name="frame">As stored.</param>
    /// <param name="mayReply">True when it answers a question of ours, or may.</param>
    public static StationReport? Decode(StoredFrame frame, out bool mayReply)
    {
        ArgumentNullException.ThrowIfNull(frame);
        mayReply = false;
        if (SensorReport.IsOne(frame.Bytes.Span)) return Sensor(frame);
        var buffer = new ReadOnlySequence<byte>(frame.Bytes);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete
            || !SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) return null;
        mayReply = header.Command is 9011 or 9012 or (>= 1000 and < 2000) or (>= 3000 and < 4000);
        if (header.Command is >= 9000 and not 9015 and not 9021) return null;

        var read = _read ??= new(64);
        read.Clear();
        // Also the raw periodic data, single noise measurements and furnace temperatures of 2025.
        var (isMeasured, leftOut) = (header.Command is 2011 or 2031 or 2051 or 2061 or 2013 or 2052 or 2111, 0);
        if (isMeasured) leftOut = FactorValues.Read(header.Area, read);
        var values = header.Command is 3020 ? Surroundings(header.Area) : Values(CollectionsMarshal.AsSpan(read));
        var hasTime = DataAreaReader.TryFind(header.Area, "DataTime"u8, out var stamp);
        // The usual frame says its time and values, and nothing more.
        var isPlain = isMeasured && leftOut == (hasTime ? 1 : 0) && values.Length == read.Count;
        return new StationReport
        {
            FrameBatch = frame.Id.Batch,
            FrameOrdinal = frame.Id.Ordinal,
            ReceivedAt = frame.Arrival.ReceivedAt,
            Command = Commands.GetOrAdd(header.Command, static command => command.ToString(CultureInfo.InvariantCulture)),
            DataTime = hasTime && WireTime.TryParse(stamp, out var time) ? time : null,
            RequestTime = !header.QnInArea && WireTime.TryParse(header.Qn, out var built) ? built : null,
            Values = values,
            Fields = isPlain ? NoFields : Fields(header.Area, read),
            Imported = frame.Arrival.Verdict is FrameVerdict.Imported,
        };
    }

    private static StationReport? Sensor(StoredFrame frame) => SensorReport.TryRead(frame.Bytes.Span, out var report) is not null ? null : new StationReport
    {
        FrameBatch = frame.Id.Batch, FrameOrdinal = frame.Id.Ordinal, ReceivedAt = frame.Arrival.ReceivedAt, Command = SensorReport.Command, DataTime = report!.At,
        Values = [.. report.Readings.Select(reading => new StationValue(reading.Key, "Info", reading.Value, null, null))], Fields = report.Told,
    };

    private static StationValue[] Values(ReadOnlySpan<FactorValue> read)
    {
        var (values, count) = (new StationValue[read.Length], 0);
        foreach (ref readonly var value in read)
            if (IsQuantity(value.Quantity)) values[count++] = new(Name2017(value.Factor), value.Quantity, value.Text, value.Flag, value.SampleTime);
        return count == values.Length ? values : values[..count];
    }

    /// <summary>What 3020 measures of the shelter and the treatment works: series like any other, while settings, states and logs are told when they change.</summary>
    private static StationValue[] Surroundings(ReadOnlySpan<byte> area)
    {
        List<StationValue>? values = null;
        foreach (var item in new DataAreaReader(area))
            if (IsSurroundings(item)) (values ??= []).Add(new(WireText.Decode(item.Code), "Info", WireText.Decode(item.Value), null, null));
        return values is null ? [] : [.. values];
    }

    // i33001 to i33400 of auxiliary devices, i23001 air pressure (HJ 212-2017 B.10); the texts of i33107 and the like are numbers too.
    private static bool IsSurroundings(in DataItem item) =>
        item.Suffix.SequenceEqual("Info"u8) && (item.Code.StartsWith("i33"u8) || item.Code.SequenceEqual("i23001"u8)) && item.Value.Length is > 0 and <= 18 && char.IsAsciiDigit((char)item.Value[^1]);

    private static List<KeyValuePair<string, string>> Fields(ReadOnlySpan<byte> area, List<FactorValue> read)
    {
        var fields = new List<KeyValuePair<string, string>>();
        ReadOnlySpan<byte> measured = default;
        foreach (var item in new DataAreaReader(area))
        {
            if (item.Name.SequenceEqual("DataTime"u8)) continue;
            if ((read.Count > 0 && IsInValues(item, read, ref measured)) || IsSurroundings(item)) continue;
            fields.Add(new(WireText.Decode(item.Name), WireText.Decode(item.Value)));
        }

        return fields;
    }

    /// <summary>A mark without a value of its factor is not in the values, and says something: the instrument is out.</summary>
    /// <param name="item">Of the area.</param>
    /// <param name="read">All values of the area.</param>
    /// <param name="measured">The code of the value last seen: its mark mostly comes next.</param>
    private static bool IsInValues(in DataItem item, List<FactorValue> read, ref ReadOnlySpan<byte> measured)
    {
        if (item.Code.IsEmpty) return false;
        if (!item.Suffix.SequenceEqual("Flag"u8) && !item.Suffix.SequenceEqual("SampleTime"u8))
        {
            if (!IsQuantity(WireText.Decode(item.Suffix))) return false;
            measured = item.Code;
            return true;
        }

        if (item.Code.SequenceEqual(measured)) return true;
        foreach (var value in read)
            if (Ascii.Equals(item.Code, value.Factor) && IsQuantity(value.Quantity)) return true;
        return false;
    }

    private static bool IsQuantity(string suffix) => suffix is
        "Rtd" or "Avg" or "Min" or "Max" or "Cou" or "ZsRtd" or "ZsAvg" or "ZsMin" or "ZsMax" or "Data" or "DayData" or "NightData" or "RawAvg";

    private static string Name2017(string code) => code.Length <= 3 ? FactorTable.Map2005To2017(code) ?? code : code;
}
