namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Bytes the store takes, by month of what it holds.</summary>
internal interface IStoreSize
{
    /// <summary>Years times twelve plus month, and bytes; what belongs to no month under 0.</summary>
    IReadOnlyDictionary<int, long> Months();
}
