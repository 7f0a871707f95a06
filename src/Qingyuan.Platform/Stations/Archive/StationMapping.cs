using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Draft to row to what others see.</summary>
internal static class StationMapping
{
    /// <summary>Seconds between 2011 frames when nothing was filed: HJ 212 allows 30 to 3600.</summary>
    private const int UsualRealtimeSeconds = 60;

    /// <summary>Minutes between 2051 frames when nothing was filed: HJ 212 allows 1 to 30.</summary>
    private const int UsualMinuteInterval = 10;

    public static void Apply(this StationRow row, StationDraft draft, DateTimeOffset now)
    {
        row.Name = draft.Name;
        row.Kind = draft.Kind;
        row.Edition = draft.Edition;
        row.Flags = draft.Flags;
        row.IsSample = draft.IsSample;
        row.DischargerCode = draft.DischargerCode ?? "";
        row.DischargerName = draft.DischargerName ?? "";
        row.Outlet = draft.Outlet ?? "";
        row.PermitNo = draft.PermitNo;
        row.Industry = draft.Industry;
        row.Address = draft.Address;
        (row.Longitude, row.Latitude, row.Datum) = (draft.Position?.Longitude, draft.Position?.Latitude, draft.Position?.Datum);
        row.ReferenceOxygen = draft.ReferenceOxygen;
        row.RealtimeSeconds = draft.RealtimeSeconds ?? UsualRealtimeSeconds;
        row.MinuteInterval = draft.MinuteInterval ?? UsualMinuteInterval;
        row.Technician = draft.Technician;
        row.Network = draft.Network;
        row.AllowedNetworks = [.. draft.AllowedNetworks];
        row.Factors = [.. draft.Factors.Count > 0 ? draft.Factors : FactorCatalogue.Usual(draft.Kind)];
        row.ChangedAt = now;
    }

    public static StationInfo ToInfo(this StationRow row, string mn, DateTimeOffset? keySince = null) => new(
        row.StationNo, row.Id, mn, row.Name, row.Kind, row.Edition, row.Flags, row.IsSample, row.DischargerCode, row.DischargerName, row.Outlet,
        row.PermitNo, row.Industry, row.ReferenceOxygen, row.RealtimeSeconds, row.MinuteInterval, row.Technician, row.Address, row.Factors) { Network = row.Network, Position = row.Position(), KeySince = keySince, RetiredAt = row.RetiredAt, RetiredBecause = row.RetiredBecause, ReinstatedAt = row.ReinstatedAt };

    private static StationPosition? Position(this StationRow row) =>
        row is { Longitude: { } longitude, Latitude: { } latitude, Datum: { } datum } ? new(longitude, latitude, datum) : null;

    /// <summary>True when <paramref name="row"/> already says all that <paramref name="draft"/> says; what the draft leaves open is not compared.</summary>
    public static bool Says(this StationRow row, StationDraft draft)
    {
        bool Open(string? wanted, string? filed) => wanted is null || wanted == (filed ?? "");
        return row.Name == draft.Name && row.Kind == draft.Kind && row.Edition == draft.Edition && row.IsSample == draft.IsSample && row.Flags == draft.Flags
            && Open(draft.DischargerCode, row.DischargerCode) && Open(draft.DischargerName, row.DischargerName) && Open(draft.Outlet, row.Outlet)
            && Open(draft.PermitNo, row.PermitNo) && Open(draft.Industry, row.Industry) && Open(draft.Address, row.Address) && Open(draft.Technician, row.Technician)
            && (draft.Position is null || draft.Position == row.Position())
            && (draft.ReferenceOxygen is null || draft.ReferenceOxygen == row.ReferenceOxygen)
            && (draft.RealtimeSeconds is null || draft.RealtimeSeconds == row.RealtimeSeconds)
            && (draft.MinuteInterval is null || draft.MinuteInterval == row.MinuteInterval)
            && (draft.Network is NetworkKind.Unstated || draft.Network == row.Network)
            && (draft.AllowedNetworks.Count is 0 || draft.AllowedNetworks.SequenceEqual(row.AllowedNetworks))
            && (draft.Factors.Count is 0 || draft.Factors.SequenceEqual(row.Factors));
    }
}
