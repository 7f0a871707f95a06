using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Http.Idempotency;

/// <summary>A write that was asked for with a key, and once it is done its answer, for 24 hours.</summary>
internal sealed class IdempotencyRow
{
    /// <summary>Taken; nothing is stored yet.</summary>
    public const int Running = 0;

    /// <summary>Written by the act's own transaction: something of it is stored, its answer is not yet.</summary>
    public const int Acted = 1;

    /// <summary>Something of it is stored and its answer will never come.</summary>
    public const int AnswerLost = 2;

    /// <summary>Digest of caller, method, path and key.</summary>
    public required string Id { get; init; }

    /// <summary>Digest of the body: the same key with another body is a mistake.</summary>
    public required string Body { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The answer's HTTP status, or one of the three below.</summary>
    public int Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    /// <summary>Sealed: an answer may hold a one-time password.</summary>
    public byte[] Answer { get; set; } = [];
}

internal sealed class IdempotencyModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<IdempotencyRow>(row =>
    {
        row.ToTable("idempotency").HasKey(one => one.Id);
        row.HasIndex(one => one.At);
    });
}
