using System.Buffers;
using System.Globalization;
using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>What a stored frame says, as the twin takes it: a pure function of its bytes. Texts stay as sent; only codes of 2005 get their names of 2017.</summary>
internal static class ReportDecoder
{
    private static readonly HashSet<string> Quantities = new(StringComparer.Ordinal)
        { "Rtd", "Avg", "Min", "Max", "Cou", "ZsRtd", "ZsAvg", "ZsMin", "ZsMax", "Data", "DayData", "NightData", "RawAvg" };

    /// <summary>Null for bytes that are no frame and for answers, which mean nothing to a twin.</summary>
    public static StationReport? Decode(StoredFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var buffer = new ReadOnlySequence<byte>(frame.Bytes);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete
            || !SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)
            || header.Command is >= 9000 and not 9015 and not 9021) return null;

        var carriesValues = header.Command is 2011 or 2031 or 2051 or 2061;
        var values = carriesValues ? Values(header.Area) : [];
        return new StationReport
        {
            FrameBatch = frame.Id.Batch,
            FrameOrdinal = frame.Id.Ordinal,
            ReceivedAt = frame.Arrival.ReceivedAt,
            Command = header.Command.ToString(CultureInfo.InvariantCulture),
            DataTime = DataAreaReader.TryFind(header.Area, "DataTime"u8, out var stamp) && WireTime.TryParse(stamp, out var time) ? time : null,
            RequestTime = !header.QnInArea && WireTime.TryParse(header.Qn, out var built) ? built : null,
            Values = values,
            Fields = Fields(header.Area, carriesValues, values),
            Imported = frame.Arrival.Verdict is FrameVerdict.Imported,
        };
    }

    private static List<StationValue> Values(ReadOnlySpan<byte> area)
    {
        var read = new List<FactorValue>(16);
        FactorValues.Read(area, read);
        var values = new List<StationValue>(read.Count);
        foreach (var value in read)
            if (Quantities.Contains(value.Quantity)) values.Add(new(Name2017(value.Factor), value.Quantity, value.Text, value.Flag, value.SampleTime));
        return values;
    }

    private static List<KeyValuePair<string, string>> Fields(ReadOnlySpan<byte> area, bool carriesValues, List<StationValue> values)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var item in new DataAreaReader(area))
        {
            if (item.Name.SequenceEqual("DataTime"u8) || (carriesValues && IsInValues(item, values))) continue;
            fields.Add(new(WireText.Decode(item.Name), WireText.Decode(item.Value)));
        }

        return fields;
    }

    /// <summary>A mark without a value of its factor is not in the values, and says something: the instrument is out.</summary>
    private static bool IsInValues(in DataItem item, List<StationValue> values)
    {
        if (item.Code.IsEmpty) return false;
        var suffix = WireText.Decode(item.Suffix);
        if (Quantities.Contains(suffix)) return true;
        if (suffix is not ("Flag" or "SampleTime")) return false;
        var factor = Name2017(WireText.Decode(item.Code));
        return values.Exists(value => value.Factor == factor);
    }

    private static string Name2017(string code) => code.Length <= 3 ? FactorTable.Map2005To2017(code) ?? code : code;
}
