using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>Technicians li and wang, and those of the sample, until a test lets one go.</summary>
internal sealed class FakeTechnicians : ITechnicians
{
    public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase) { "li", "wang", "sample-tech" };

    public Task<string?> FindAsync(QingyuanDb db, string name, CancellationToken ct) => Task.FromResult(Names.TryGetValue(name, out var filed) ? filed : null);
}
