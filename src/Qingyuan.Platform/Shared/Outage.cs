using System.Data.Common;

namespace Qingyuan.Platform.Shared;

/// <summary>Tells failures of database and disk, after which one goes on and tries again, from bugs.</summary>
public static class Outage
{
    /// <summary>True for what a driver or the file system reports, also where the object mapper has wrapped it: a lost connection arrives as an <see cref="InvalidOperationException"/>.</summary>
    public static bool Is(Exception error) => error is DbException or IOException or UnauthorizedAccessException || (error is InvalidOperationException { InnerException: { } inner } && Is(inner));
}
