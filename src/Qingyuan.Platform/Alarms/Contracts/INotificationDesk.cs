using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Contracts;

/// <summary>A way out of the house. Secrets are named, never told.</summary>
/// <param name="Kind"><c>email</c>, <c>wecom</c>, <c>dingtalk</c>, <c>sms</c>, <c>webhook</c>.</param>
public sealed record ChannelView(string Name, string Kind, bool Enabled, bool ForSamples, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Secrets);

/// <summary>A channel to store under its name. A secret that is not given stays as it is. Everything may be missing or wrong: it is input.</summary>
public sealed record ChannelDraft(
    string Name, string? Kind, bool Enabled, bool ForSamples, IReadOnlyDictionary<string, string?> Settings, IReadOnlyDictionary<string, string?> Secrets);

/// <summary>An on-call order as somebody wrote it down.</summary>
public sealed record OnCallDraft(int? ReceiptMinutes, int? Rounds, IReadOnlyList<OnCallPersonDraft?> People);

public sealed record OnCallPersonDraft(string? Name, string? Language, IReadOnlyList<OnCallWayDraft?>? Ways);

public sealed record OnCallWayDraft(string? Channel, string? Address);

/// <summary>One message of the outbox, and what became of it.</summary>
/// <param name="Subject">What it is about, as <c>type:id</c>.</param>
/// <param name="Step">1 for the first person called about the matter.</param>
/// <param name="State"><c>pending</c>, <c>sent</c>, <c>given-up</c>.</param>
/// <param name="NextTryAt">Null once sent or given up.</param>
/// <param name="ReceiptAt">When the person confirmed.</param>
/// <param name="Error">What went wrong last.</param>
public sealed record MessageView(
    Guid Id, string Subject, int? StationNo, int Step, string Person, string Channel, string Address, string State, int Attempts, DateTimeOffset QueuedAt,
    DateTimeOffset? NextTryAt, DateTimeOffset? SentAt, DateTimeOffset? ReceiptAt, string? Error, string? Text);

public sealed record MessageQuery(string? Subject = null, int Limit = 100, Guid? Before = null);

/// <summary>What came of a test message: null when the other side took it.</summary>
public sealed record TestOutcome(string? Error);

/// <summary>Channels, the on-call order, and the log of what was sent. A "no" is <c>request.field-invalid</c> with the field and why.</summary>
public interface INotificationDesk
{
    Task<IReadOnlyList<ChannelView>> ChannelsAsync(CancellationToken ct);

    /// <summary>Creates or changes the channel of that name.</summary>
    Task<Result<ChannelView>> SaveChannelAsync(ChannelDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Sends one message over the channel at once, also when it is switched off, and says what the other side answered.</summary>
    Task<Result<TestOutcome>> TestAsync(string channel, string? address, Actor actor, CancellationToken ct);

    Task<OnCallPlan> OnCallAsync(CancellationToken ct);

    Task<Result<OnCallPlan>> SaveOnCallAsync(OnCallDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Page<MessageView>> MessagesAsync(MessageQuery query, IReadOnlySet<int>? scope, CancellationToken ct);
}
