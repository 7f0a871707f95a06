using System.Text.Unicode;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>The data area against its grammar (6.3.3) and the field dictionary (table 4, with the fields of 2005 and 2025).</summary>
internal static class StrictArea
{
    /// <summary>CP holds at most 950 characters (960 in 2005).</summary>
    private const int Longest = 950;

    private const int Longest2005 = 960;

    private static readonly HashSet<string> Suffixes = new(StringComparer.Ordinal)
    {
        "SampleTime", "Rtd", "Min", "Avg", "Max", "ZsRtd", "ZsMin", "ZsAvg", "ZsMax", "Cou", "Flag", "EFlag", "RS", "RT", "Data", "DayData", "NightData",
        "Info", "SN", "CompleteTime", "SampleType", "SampleRd", "StandardValue", "ResultType", "RawAvg", "Ala", "UpValue", "LowValue",
    };

    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "SystemTime", "QnRtn", "ExeRtn", "RtdInterval", "MinInterval", "RestartTime", "PolId", "BeginTime", "EndTime", "DataTime", "NewPW", "OverTime",
        "ReCount", "VaseNo", "CstartTime", "Ctime", "CTime", "Stime", "InfoId", "CalibrationType", "SKCreateTime", "NewSK",
        "QN", "CN", "PNO", "PNUM", "PW", "AlarmTime", "AlarmType", "ReportTarget", "AlarmTarget", "ReportTime", "WarnTime", "DayStdValue", "NightStdValue",
    };

    public static void Check(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var start = StrictHeader.Offset(frame, header.Area, frame.Length);
        if (header.Area.Length > (header.Edition == Edition.V2005 ? Longest2005 : Longest)) found.Add(new(start, "AreaTooLong", StrictCheck.Segment));
        if (!Utf8.IsValid(header.Area)) found.Add(new(start, FrameDecoder.GbkNote, StrictCheck.Packet));
        var length = 0;
        foreach (var item in new DataAreaReader(header.Area))
        {
            length += item.Name.Length + item.Value.Length + (item.IsText ? 6 : 2); // name, =, value, one separator
            Item(StrictHeader.Offset(frame, item.Name, start), item, found);
        }
        // Blanks, empty items and a separator at the end take room that the items do not account for.
        if (header.Area.Length > 0 && length != header.Area.Length + 1) found.Add(new(start, "EmptyItem", StrictCheck.Area));
    }

    private static void Item(int offset, in DataItem item, List<Violation> found)
    {
        var name = WireText.Decode(item.Name);
        if (item.Name.Length == 0 || (item.Value.Length == 0 && !item.IsText)) found.Add(new(offset, "NoNameOrValue", StrictCheck.Area));
        else if (name == "Flag") found.Add(new(offset, "PlainFlag", StrictCheck.Dictionary));
        else if (item.Suffix.IsEmpty ? !Plain.Contains(name) : !Suffixes.Contains(WireText.Decode(item.Suffix))) found.Add(new(offset, "UnknownName", StrictCheck.Dictionary));
        else if (IsTime(name, item.Suffix) && (item.Value.Length != 14 || !WireTime.TryParse(item.Value, out _))) found.Add(new(offset, "TimeFormat", StrictCheck.Dictionary));
    }

    private static bool IsTime(string name, ReadOnlySpan<byte> suffix) =>
        name is "DataTime" or "BeginTime" or "EndTime" or "SystemTime" or "RestartTime" || suffix.SequenceEqual("SampleTime"u8);
}
