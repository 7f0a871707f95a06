namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>What coordinates are counted in.</summary>
public enum PositionDatum
{
    /// <summary>Of satellite receivers; China's CGCS2000 differs from it by less than a metre.</summary>
    Wgs84,

    /// <summary>Of maps published in China: shifted by up to some hundred metres.</summary>
    Gcj02,
}

/// <summary>Where a station is. Without its datum a position may be half a kilometre off.</summary>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Datum">As filed; never converted.</param>
public sealed record StationPosition(decimal Longitude, decimal Latitude, PositionDatum Datum);
