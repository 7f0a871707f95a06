using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Who can be given work.</summary>
public interface ITechnicians
{
    /// <summary>The account's name as it is filed, whatever the letter case asked with; null unless it exists, is in use and has the technician's role.</summary>
    /// <param name="db">The act's own context: the look and the act are one transaction.</param>
    /// <param name="name">User name.</param>
    /// <param name="ct">Cancels the look.</param>
    Task<string?> FindAsync(QingyuanDb db, string name, CancellationToken ct);
}
