using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.Tokens;

/// <param name="Days">Null = does not expire.</param>
/// <param name="User">Account in whose name the token acts; must exist and have the role.</param>
internal sealed record TokenDraft(string Label, string Role, string Organisation, int? Days, string? User);

/// <summary>Makes, checks and revokes API tokens.</summary>
internal sealed class TokenDesk(IDatabase database, AccountManagers managers, ISecurityJournal journal, TimeProvider clock)
{
    private const string Prefix = "qy_";
    private const int MostDays = 3650;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UsedPrecision = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<TokenView>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<TokenRow>().Where(row => row.RevokedAt == null).OrderByDescending(row => row.Id).ToListAsync(ct);
        return [.. rows.Select(row => row.ToView())];
    }

    public async Task<Result<NewToken>> CreateAsync(TokenDraft draft, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Label) || InputText.Fault(draft.Label, 100) is not null) return new Refusal("token.label-invalid", "label", "1-100");
        if (draft.Days is < 1 or > MostDays) return new Refusal("token.days-invalid", "days", $"1-{MostDays}");
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return await database.WriteAsync<Result<NewToken>>(async (db, token) =>
        {
            if (draft.User is not null && !await IsHeldAsync(db, draft.User, draft.Role, token)) return new Refusal("token.user-invalid", "user", draft.User, draft.Role);
            var now = clock.GetUtcNow();
            var row = new TokenRow
            {
                Label = draft.Label, Digest = Digest(secret), Role = draft.Role, Organisation = draft.Organisation, User = draft.User,
                CreatedAt = now, CreatedBy = actor.Id, ExpiresAt = draft.Days is { } days ? now.AddDays(days) : null,
            };
            db.Add(row);
            Record(db, "auth.token.create", row, actor, now);
            return new NewToken(row.ToView(), secret);
        }, ct);
    }

    public Task<Result<TokenView>> RevokeAsync(Guid id, Actor actor, CancellationToken ct) => database.WriteAsync<Result<TokenView>>(async (db, token) =>
    {
        if (await db.Set<TokenRow>().SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, token) is not { } row) return new Refusal("token.not-found", id);
        var now = clock.GetUtcNow();
        row.RevokedAt = now;
        db.AfterCommit(_known.Clear);
        Record(db, "auth.token.revoke", row, actor, now);
        return row.ToView();
    }, ct);

    /// <summary>Who acts with <paramref name="secret"/>; null when it is unknown, revoked, expired, or its user may not act.</summary>
    public async Task<Actor?> WhoAsync(string secret, CancellationToken ct)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100) return null;
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(secret, out var known) || now - known.LookedAt > Memory)
        {
            if (await LookAsync(secret, now, ct) is not { } found) return null;
            _known[secret] = known = found;
        }

        return known.ExpiresAt <= now ? null : known.Actor;
    }

    private async Task<Known?> LookAsync(string secret, DateTimeOffset now, CancellationToken ct)
    {
        _known.TryRemove(secret, out _);
        var digest = Digest(secret);
        await using var db = database.Read();
        var row = await db.Set<TokenRow>().SingleOrDefaultAsync(token => token.Digest == digest && token.RevokedAt == null, ct);
        if (row is null || row.ExpiresAt <= now) return null;
        if (row.User is not null && !await IsHeldAsync(db, row.User, row.Role, ct)) return null;
        if (row.LastUsedAt is null || now - row.LastUsedAt > UsedPrecision)
            await database.WriteAsync((act, token) => act.Set<TokenRow>().Where(used => used.Id == row.Id).ExecuteUpdateAsync(used => used.SetProperty(one => one.LastUsedAt, now), token), ct);
        return new(row.ToActor(), row.ExpiresAt, now);
    }

    private Task<bool> IsHeldAsync(QingyuanDb db, string user, string role, CancellationToken ct)
    {
        var normalized = managers.Normalize(user);
        return db.Set<AccountRow>().AnyAsync(account => account.NormalizedName == normalized && account.Role == role && !account.Disabled, ct);
    }

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private void Record(QingyuanDb db, string kind, TokenRow row, Actor actor, DateTimeOffset now) => journal.Record(
        db, kind, $"token:{row.Id}", actor, now, new Dictionary<string, string> { ["label"] = row.Label, ["role"] = row.Role, ["organisation"] = row.Organisation, ["user"] = row.User ?? "" });

    private sealed record Known(Actor Actor, DateTimeOffset? ExpiresAt, DateTimeOffset LookedAt);
}
