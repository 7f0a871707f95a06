using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>Groups the items of a data area by factor.</summary>
/// <remarks>Items next to each other with one code are one report, whatever separates them, until a quantity comes again. Nothing is dropped: a time that cannot be read, or comes again, is a quantity with its text.</remarks>
internal static class FactorReports
{
    public static ValueList<FactorReport> Read(ReadOnlySpan<byte> area)
    {
        var reports = new List<FactorReport>();
        var quantities = new List<Quantity>();
        FactorReport? open = null;
        foreach (var item in new DataAreaReader(area))
        {
            if (item.Code.IsEmpty) continue;
            var (code, kind) = (WireText.Decode(item.Code), WireText.Decode(item.Suffix));
            if (open is not null && (open.Code != code || Has(open, quantities, kind))) Close();
            open ??= new(code, []);
            if (Attribute(open, kind, item.Value) is { } described) open = described;
            else quantities.Add(new(kind, WireText.Decode(item.Value)));
        }
        Close();
        return [.. reports];

        void Close()
        {
            if (open is not null) reports.Add(open with { Quantities = [.. quantities] });
            quantities.Clear();
            open = null;
        }
    }

    private static bool Has(FactorReport report, List<Quantity> quantities, string kind) => kind switch
    {
        "Flag" => report.Flag is not null,
        "EFlag" => report.ExtendedFlag is not null,
        "SampleTime" => report.SampleTime is not null,
        "CompleteTime" => report.CompleteTime is not null,
        "SampleType" => report.SampleType is not null,
        _ => quantities.Exists(quantity => quantity.Kind == kind),
    };

    private static FactorReport? Attribute(FactorReport report, string kind, ReadOnlySpan<byte> value) => kind switch
    {
        "Flag" => report with { Flag = WireText.Decode(value) },
        "EFlag" => report with { ExtendedFlag = WireText.Decode(value) },
        "SampleType" => report with { SampleType = WireText.Decode(value) },
        "SampleTime" when WireTime.TryParseToSecond(value, out var time) => report with { SampleTime = time },
        "CompleteTime" when WireTime.TryParseToSecond(value, out var time) => report with { CompleteTime = time },
        _ => null,
    };
}
