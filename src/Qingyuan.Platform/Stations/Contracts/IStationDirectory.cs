namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>What the listener needs to judge a frame's sender, without a database call.</summary>
/// <param name="Password">The PW the logger must send, as bytes.</param>
/// <param name="AllowedNetworks">CIDR ranges; empty = any address.</param>
public sealed record StationAccess(int StationNo, string Mn, int Edition, byte[] Password, IReadOnlyList<System.Net.IPNetwork> AllowedNetworks)
{
    /// <summary>SM4 keys its logger encrypts or has encrypted with, the newest first: during a change both are in use, and what was stored must stay readable.</summary>
    public IReadOnlyList<byte[]> Keys { get; init; } = [];
}

/// <summary>The archive in memory: an immutable snapshot, replaced whole when a station changes.</summary>
public interface IStationDirectory
{
    /// <summary>By MN as sent (exact match), of stations in use: what comes under another one's MN is of an unknown station. Hot path: no allocation.</summary>
    StationAccess? FindAccess(ReadOnlySpan<char> mn);

    /// <summary>By number, also out of use: what is needed to read its stored frames; null when it is not filed.</summary>
    StationAccess? GetAccess(int stationNo) => Get(stationNo) is { } station ? FindAccess(station.Mn) : null;

    /// <summary>The station in use with this MN, else the last one that had it: its data can still be read.</summary>
    StationInfo? Find(string mn);

    /// <summary>By number, also out of use: what it did keeps its name.</summary>
    StationInfo? Get(int stationNo);

    /// <summary>By number, when it is in use: for whoever is about to do something with it.</summary>
    StationInfo? InUse(int stationNo) => Get(stationNo) is { IsInUse: true } station ? station : null;

    /// <summary>Stations in use.</summary>
    IReadOnlyList<StationInfo> All { get; }

    /// <summary>Stations whose data can be read: those in use and those out of use, one of each MN.</summary>
    IReadOnlyList<StationInfo> Filed => All;

    /// <summary>Raised after the snapshot was replaced.</summary>
    event EventHandler? Changed;
}
