using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Secrets;

/// <summary>A key of ASP.NET Core's data protection (cookies, antiforgery), sealed.</summary>
internal sealed class ProtectionKeyRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required byte[] Sealed { get; init; }
}

/// <summary>Keeps those keys in the database under the wrapping key: a restart keeps people signed in, a cluster shares them, a stolen database opens nothing.</summary>
internal sealed class ProtectionKeys(IDatabase database, ISecretProtector secrets) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Read();
        return [.. db.Set<ProtectionKeyRow>().AsNoTracking().ToList().Select(row => XElement.Parse(Encoding.UTF8.GetString(secrets.Unprotect(row.Sealed))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var row = new ProtectionKeyRow { Sealed = secrets.Protect(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))) };
        // The interface is synchronous; it is called once in ninety days.
        database.WriteAsync((db, _) => Task.FromResult(db.Add(row)), CancellationToken.None).GetAwaiter().GetResult();
    }
}
