namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>A trio, open to sensors as well, for those tests of a class that end none of its nodes.</summary>
public sealed class ClassTrio : IDisposable
{
    private static readonly Dictionary<string, string> Settings = new() { ["QINGYUAN__Ingest__Mqtt"] = "127.0.0.1:0" };
    private Trio? _trio;

    internal async Task<Trio> AtAsync(ClassServer postgres) => _trio ??= await Trio.StartAsync(await postgres.NewDatabaseAsync(), Settings);

    public void Dispose() => _trio?.Dispose();
}
