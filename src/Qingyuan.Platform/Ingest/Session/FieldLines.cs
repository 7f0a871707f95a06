using Qingyuan.Platform.Ingest.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Finds the connection that speaks for a station on this node.</summary>
internal sealed class FieldLines(SessionRegistry sessions) : IFieldLines
{
    public bool IsLinked(int stationNo) => sessions.Find(stationNo)?.Newest is not null;

    public Task<bool> SendAsync(int stationNo, ReadOnlyMemory<byte> frame, CancellationToken ct) =>
        sessions.Find(stationNo)?.Newest is { } connection ? connection.SendAsync(frame).WaitAsync(ct) : Task.FromResult(false);
}
