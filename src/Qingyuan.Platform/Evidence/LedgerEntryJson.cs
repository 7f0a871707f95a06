using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Evidence;

/// <summary>A record as the API writes it. Times carry +08:00.</summary>
internal sealed record LedgerEntryJson(
    Guid Id, string Kind, string KindName, string? Subject, string? Mn, string? Device, Actor Actor, DateTimeOffset At, DateTimeOffset RecordedAt,
    JsonObject Body, string State, string StateName, DateTimeOffset? LoggedAt, string? LogIndex, string? LeafSha256, string? Seq, string? Prev)
{
    public static LedgerEntryJson From(LedgerEntryView view, ILedgerPlaces places) => new(
        view.Id, view.Kind, LedgerTexts.Kind(view.Kind), view.Subject, view.StationNo is { } number ? places.Of(number)?.Mn : null, view.Device, view.Actor,
        view.At.ToOffset(StationClock.Offset), view.RecordedAt.ToOffset(StationClock.Offset), view.Body,
        view.State.ToString().ToLowerInvariant(), LedgerTexts.State(view.State), view.LoggedAt?.ToOffset(StationClock.Offset),
        view.LogIndex?.ToString(CultureInfo.InvariantCulture), view.LeafSha256, view.Seq?.ToString(CultureInfo.InvariantCulture), view.Prev);
}
