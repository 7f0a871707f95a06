namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>数采仪硬件信息 (1001 and 1002 of 2025): by it the host registers a logger and assigns its MN.</summary>
/// <param name="Items"><c>i23005</c> serial number, <c>i23006</c> CPUID, <c>i23007</c> and <c>i23008</c> MAC addresses; 1002 carries the serial number only.</param>
public sealed record HardwareIdentity(ValueList<InformationItem> Items) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(HardwareIdentity), [BodyShape.Must("-Info")], static (ref AreaFields area) => new HardwareIdentity(InformationItem.Read(ref area)));

    /// <summary>The serial number; null when it is not among the items.</summary>
    public string? SerialNumber => Items.FirstOrDefault(item => item.Code == "i23005")?.Text;

    internal override void Write(ref SegmentWriter segment)
    {
        foreach (var item in Items.Span) item.Write(ref segment);
    }
}
