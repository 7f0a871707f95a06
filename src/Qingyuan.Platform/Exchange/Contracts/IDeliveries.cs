using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>Who gets data.</summary>
public enum RecipientKind
{
    /// <summary>监管部门.</summary>
    Regulator,

    /// <summary>排污单位.</summary>
    Discharger,

    /// <summary>其他: only for a purpose that is written down.</summary>
    Other,
}

/// <summary>Which stations a delivery holds. Sample stations are never among them.</summary>
public enum StationChoice
{
    /// <summary>Those named.</summary>
    Listed,

    /// <summary>All of one discharger, at the time of each run.</summary>
    Organisation,

    /// <summary>All, at the time of each run.</summary>
    All,
}

/// <summary>Which data a delivery holds: as reported by the logger, as computed here, or of a laboratory.</summary>
public enum DeliveryData
{
    Realtime,
    Minute,
    Hour,
    Day,
    DerivedHour,
    DerivedDay,
    Laboratory,
}

public enum DeliveryForm
{
    Csv,
    Xlsx,
    Parquet,
}

/// <summary>How a file gets to the recipient. It is kept here in any case.</summary>
public enum HandOver
{
    /// <summary>Kept for download.</summary>
    Kept,

    /// <summary>Written into a folder of the server.</summary>
    Folder,

    /// <summary>HTTPS PUT to an address the recipient names.</summary>
    Put,
}

public enum DeliveryRunState
{
    /// <summary>Due, not handed over yet.</summary>
    Open,

    /// <summary>It could not be prepared or handed over; it is tried again, and later periods wait.</summary>
    Failing,

    /// <summary>Handed over, or ready for download.</summary>
    Delivered,
}

/// <summary>Who gets what, in which form, how often. Never filtered by value or mark.</summary>
/// <param name="Recipient">Name.</param>
/// <param name="Organisation">Code: accounts and tokens of this organisation may fetch the files.</param>
/// <param name="Purpose">What for and on what basis; required for all but regulators.</param>
/// <param name="Stations">MNs, for <see cref="StationChoice.Listed"/>.</param>
/// <param name="Discharger">Code, for <see cref="StationChoice.Organisation"/>.</param>
/// <param name="Factors">Codes; empty for all.</param>
/// <param name="Day">Weekly: 1 is Monday; monthly: 1 to 28; else null.</param>
/// <param name="Folder">Absolute path, for <see cref="HandOver.Folder"/>.</param>
/// <param name="Address">https, the file's name is appended; for <see cref="HandOver.Put"/>.</param>
/// <param name="CertificateSha256">Hex of the one server certificate that is taken; null trusts what the system trusts.</param>
public sealed record DeliveryRule(
    string Recipient, string Organisation, RecipientKind Kind, string? Purpose, StationChoice Choice, IReadOnlyList<string> Stations, string? Discharger, IReadOnlyList<string> Factors,
    IReadOnlyList<DeliveryData> Data, DeliveryForm Form, DeliveryInterval Every, TimeOnly At, int? Day, HandOver HandOver, string? Folder, string? Address, string? CertificateSha256, bool Enabled);

/// <summary>A delivery to store under its name.</summary>
/// <param name="Secret">The Authorization header of the recipient's address, going in only; null keeps what is stored, empty takes it away.</param>
/// <param name="From">For a new one: the first period begins there; null for the period that runs now.</param>
public sealed record DeliveryDraft(string Name, DeliveryRule Rule, string? Secret, DateTimeOffset? From);

/// <summary>A delivery as it stands.</summary>
/// <param name="NextFrom">Wall clock: the next period begins there; everything before has a run.</param>
/// <param name="NextDue">Wall clock: when that period goes out.</param>
/// <param name="Last">The newest run, null before the first.</param>
/// <param name="Failing">The run that waits, null when none does.</param>
public sealed record DeliveryView(
    Guid Id, string Name, int Version, DeliveryRule Rule, bool HasSecret, string ChangedBy, DateTimeOffset ChangedAt, DateTime NextFrom, DateTime NextTo, DateTime NextDue, DeliveryRunView? Last, DeliveryRunView? Failing);

/// <summary>A delivery as it once was.</summary>
public sealed record DeliveryVersion(int Version, DeliveryRule Rule, string By, DateTimeOffset At);

/// <summary>One period of one delivery.</summary>
/// <param name="Version">Of the policy it follows.</param>
/// <param name="From">Wall clock, included.</param>
/// <param name="To">Not included.</param>
/// <param name="Revision">0 for the first file of a period; more for corrections, which hold the whole period anew.</param>
/// <param name="Sha256">Hex, of the file; null until it is prepared.</param>
/// <param name="FetchedAt">When somebody of the recipient's organisation first fetched the file here; null before.</param>
/// <param name="Error">Why it is not there yet: a code of this slice, or the world's own words.</param>
public sealed record DeliveryRunView(
    Guid Id, int Version, DateTime From, DateTime To, int Revision, DeliveryRunState State, long Rows, long Bytes, string? Sha256, string? FileName, int Attempts, DateTimeOffset StartedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? FetchedAt, string? FetchedBy, DateTimeOffset? NextTryAt, string? Error);

/// <summary>定期交付: files that go out by the exchange policy. <c>organisations</c> are those whose deliveries may be seen; null for all.</summary>
public interface IDeliveries
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<DeliveryView>> ListAsync(IReadOnlySet<string>? organisations, CancellationToken ct);

    /// <summary>Creates or changes; each change is a new version and a ledger entry. Refuses <c>delivery.*</c> with the field.</summary>
    Task<Result<DeliveryView>> SaveAsync(DeliveryDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Newest first; null when there is no such delivery.</summary>
    Task<IReadOnlyList<DeliveryVersion>?> VersionsAsync(string name, IReadOnlySet<string>? organisations, CancellationToken ct);

    /// <summary>Newest first; null when there is no such delivery.</summary>
    Task<Page<DeliveryRunView>?> RunsAsync(string name, IReadOnlySet<string>? organisations, int limit, Guid? after, CancellationToken ct);

    /// <summary>The file of a run exactly as it was prepared; null when there is none. The caller disposes the stream. The first fetch by the recipient's organisation stands on the run and in the ledger.</summary>
    Task<(Stream Content, string FileName, string Type)?> FileAsync(string name, Guid run, IReadOnlySet<string>? organisations, Actor actor, CancellationToken ct);
}

/// <summary>One rule of the policy, in words of the reader's language.</summary>
/// <param name="Delivery">Null for a forwarding target.</param>
public sealed record PolicyRule(
    string Name, string Recipient, string Kind, string Purpose, string Stations, string Data, string Form, string Interval, string HandOver, string State, int? Version, string? ChangedBy, DateTimeOffset? ChangedAt, DeliveryView? Delivery);

/// <summary>数据交换策略: every rule of who gets what, as one table.</summary>
public interface IExchangePolicy
{
    /// <summary>Forwarding targets, then deliveries, each by name.</summary>
    Task<IReadOnlyList<PolicyRule>> RulesAsync(CancellationToken ct);

    /// <summary>The same table as a file, <c>csv</c> or <c>xlsx</c>.</summary>
    Task<Stream> FileAsync(string format, CancellationToken ct);
}
