namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>What changes now, at the node that serves. Circuits and <c>GET /events</c> read here; a thousand viewers cost one computation.</summary>
public interface ILiveFeed
{
    /// <summary>Newest snapshot of a station, null before it was first heard on this node.</summary>
    StationSnapshot? Latest(int stationNo);

    /// <summary>Calls <paramref name="onChange"/> (never two calls at once, newest snapshot only when slow) until disposed.</summary>
    IDisposable Subscribe(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange);
}
