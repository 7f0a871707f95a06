using System.Text.Json.Nodes;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>A business record on its way into the electronic ledger and the evidence log.</summary>
/// <param name="Kind">Dotted type, such as <c>om.work-order.arrive</c>, <c>auth.login.fail</c>, <c>frames.hourly-digest</c>.</param>
/// <param name="Subject">What it is about, as <c>type:id</c>, such as <c>work-order:0197…</c>; null when it is the platform itself.</param>
/// <param name="StationNo">The station, null when none.</param>
/// <param name="Device">Device identity inside the station, null when none.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="At">Event time by the actor's clock.</param>
/// <param name="Body">The record. Strings, booleans, arrays and objects only: quantities are decimal strings beside their unit; no nulls.</param>
public sealed record LedgerEntryDraft(
    string Kind, string? Subject, int? StationNo, string? Device, Actor Actor, DateTimeOffset At, JsonObject Body);
