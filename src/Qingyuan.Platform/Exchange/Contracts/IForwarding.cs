using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>Whose platform it is.</summary>
public enum TargetKind
{
    /// <summary>企业平台.</summary>
    Enterprise,

    /// <summary>园区平台.</summary>
    Park,

    /// <summary>政府平台: loggers report there themselves; only with an uploaded written consent.</summary>
    Government,
}

/// <summary>How forwarding to a target stands.</summary>
public enum TargetPhase
{
    /// <summary>Switched off by a person.</summary>
    Off,

    /// <summary>No connection; it is tried again.</summary>
    Waiting,

    /// <summary>Connected, and everything received so far is there.</summary>
    Current,

    /// <summary>Connected, and catching up.</summary>
    CatchingUp,
}

/// <summary>Why a part of the log goes beside what comes now.</summary>
public enum LaneKind
{
    /// <summary>It waited while the target was away; what came after went first.</summary>
    Backlog,

    /// <summary>The target answers other data, but not these.</summary>
    Unanswered,
}

/// <summary>A part of the log that a target still has to get beside what comes now.</summary>
/// <param name="Command">The one CN of it; null for all.</param>
/// <param name="Since">Since when it is apart.</param>
/// <param name="Through">Of it, everything received up to then is there; null before the first.</param>
public sealed record LaneView(LaneKind Kind, int? Command, DateTimeOffset Since, DateTimeOffset? Through);

/// <summary>A station as a target knows it.</summary>
/// <param name="Mn">Its MN here.</param>
/// <param name="TargetMn">Its MN there; the same when null.</param>
/// <param name="TargetPassword">Its PW there, going in only; null keeps what is stored, else the station's own.</param>
public sealed record ForwardedStation(string Mn, string? TargetMn, string? TargetPassword = null);

/// <summary>A target to store under its name.</summary>
/// <param name="Edition">2005, 2017 or 2025: how frames are written for it; without a meaning when <paramref name="ByteExact"/>.</param>
/// <param name="ByteExact">Frames go on exactly as they came, with the MN and PW they have here.</param>
/// <param name="WantsReply">Asks for 9014 and waits for it; off, a frame counts as delivered when it was written.</param>
/// <param name="Window">Frames that may wait for their 9014, 1 to 64.</param>
/// <param name="GapMilliseconds">Between the starts of two frames: some hosts lose what arrives glued together.</param>
/// <param name="NewFirst">After an outage what comes now goes before what waited (HJ 212-2025; SINGLE); off, everything keeps the order in which it was received.</param>
/// <param name="Commands">CNs that go on; the filter knows no value and no mark.</param>
/// <param name="CertificateSha256">Hex of the one server certificate that is taken over TLS; null trusts what the system trusts.</param>
/// <param name="Key">SM4 key of 16 characters for edition 2025, going in only; null keeps what is stored, empty takes it away.</param>
/// <param name="From">For a new target: frames received from then on; null begins now.</param>
public sealed record TargetDraft(
    string Name, TargetKind Kind, string Host, int Port, bool Tls, string? CertificateSha256, int Edition, bool ByteExact, bool WantsReply, int Window, int GapMilliseconds, bool NewFirst,
    IReadOnlyList<int> Commands, string? Key, bool Enabled, DateTimeOffset? From, IReadOnlyList<ForwardedStation> Stations);

/// <summary>A target with how it stands.</summary>
/// <param name="HasKey">An SM4 key is stored.</param>
/// <param name="Consent">The uploaded consent, null when there is none.</param>
/// <param name="Since">Since when it is in this phase.</param>
/// <param name="Trouble">Why it waits, in the world's own words; null when it does not.</param>
/// <param name="Delivered">Frames delivered so far.</param>
/// <param name="LeftOut">Frames that could not be written for this target at all, such as one object longer than a segment.</param>
/// <param name="DeliveredThrough">Everything received up to then is there, but for <paramref name="Lanes"/>; null before the first.</param>
/// <param name="Lanes">What is still to be delivered beside what comes now.</param>
public sealed record TargetView(
    Guid Id, string Name, TargetKind Kind, string Host, int Port, bool Tls, string? CertificateSha256, int Edition, bool ByteExact, bool WantsReply, int Window, int GapMilliseconds, bool NewFirst,
    IReadOnlyList<int> Commands, bool HasKey, bool Enabled, IReadOnlyList<ForwardedStation> Stations, ConsentView? Consent, TargetPhase Phase, DateTimeOffset? Since, string? Trouble,
    long Delivered, long LeftOut, DateTimeOffset? DeliveredThrough, IReadOnlyList<LaneView> Lanes);

/// <param name="Sha256">Hex.</param>
public sealed record ConsentView(string FileName, string Sha256, int Length, string UploadedBy, DateTimeOffset UploadedAt);

/// <summary>转发: uploads of stations to further platforms, stored here until they are there.</summary>
public interface IForwarding
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<TargetView>> ListAsync(CancellationToken ct);

    /// <summary>Creates or changes. Refuses <c>forward.field-invalid</c>, <c>forward.sample-station</c>, <c>forward.consent-required</c>.</summary>
    Task<Result<TargetView>> SaveAsync(TargetDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Keeps the written consent of a government platform's owner. Refuses <c>forward.not-found</c>, <c>forward.field-invalid</c>.</summary>
    Task<Result<TargetView>> ConsentAsync(string name, string fileName, ReadOnlyMemory<byte> content, Actor actor, CancellationToken ct);

    /// <summary>The newest consent as it was uploaded; null when there is none.</summary>
    Task<(ConsentView View, byte[] Content)?> ConsentAsync(string name, CancellationToken ct);
}
