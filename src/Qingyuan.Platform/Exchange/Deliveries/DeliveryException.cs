namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>A run cannot go on for a reason of our own.</summary>
/// <param name="code">Code of a sentence of this slice.</param>
internal sealed class DeliveryException(string code) : Exception(code)
{
    public const string TooMuch = "delivery.too-much";
    public const string StationGone = "delivery.station-gone";
    public const string FileGone = "delivery.file-gone";
}
