namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Which loggers a station had: they are exchanged, and its frames stay filed under the MN they came with.</summary>
public interface ILoggerHistory
{
    /// <summary>Every MN the station has or had, each once, the first one first; none when it is not filed.</summary>
    Task<IReadOnlyList<string>> MnsOfAsync(int stationNo, CancellationToken ct);
}
