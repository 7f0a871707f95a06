namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>The station twins, in the silo of the node that serves. Everybody's one look at it.</summary>
public interface IStationTwins
{
    /// <summary>That of a station, begun at the first call when it is not there yet. Answers when the silo has started.</summary>
    IStationTwin Of(int stationNo);
}
