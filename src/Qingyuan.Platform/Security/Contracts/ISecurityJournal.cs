using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Where sign-ins and changes of accounts become ledger entries. Declared here, kept by the slice that keeps the ledger.</summary>
public interface ISecurityJournal
{
    /// <summary>Adds the entry in <paramref name="db"/>'s transaction.</summary>
    /// <param name="db">The act's own context.</param>
    /// <param name="kind">Such as <c>auth.login.ok</c>, <c>auth.login.fail</c>, <c>auth.lock-out</c>, <c>auth.account.add</c>.</param>
    /// <param name="subject">Such as <c>account:NAME</c>.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="at">When.</param>
    /// <param name="body">Texts only; never a secret.</param>
    void Record(QingyuanDb db, string kind, string subject, Actor actor, DateTimeOffset at, IReadOnlyDictionary<string, string> body);
}
