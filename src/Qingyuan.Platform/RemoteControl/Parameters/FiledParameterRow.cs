namespace Qingyuan.Platform.RemoteControl.Parameters;

/// <summary>A parameter as filed with the authority; what stood before is in the ledger.</summary>
internal sealed class FiledParameterRow
{
    public int StationNo { get; init; }

    /// <summary>Empty when it is about no single analyser.</summary>
    public required string Factor { get; init; }

    public required string Code { get; init; }

    public required string Value { get; set; }

    public required string FiledBy { get; set; }

    public DateTimeOffset FiledAt { get; set; }
}
