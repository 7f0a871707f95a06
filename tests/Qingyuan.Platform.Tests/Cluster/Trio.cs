namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>The first serves, two wait.</summary>
internal sealed class Trio(string database, Node[] nodes) : IDisposable
{
    public string Database => database;

    public Node[] Nodes => nodes;

    public static async Task<Trio> StartAsync(string database, IReadOnlyDictionary<string, string>? settings = null)
    {
        var first = await Node.StartAsync(database, isInCluster: true, more: settings);
        await first.ReadyAsync();
        await first.AddStationAsync(Node.Mn);
        Node[] others = [await Node.StartAsync(database, isInCluster: true, more: settings), await Node.StartAsync(database, isInCluster: true, more: settings)];
        foreach (var node in others) await node.StandsByAsync();
        return new(database, [first, .. others]);
    }

    public void Dispose()
    {
        foreach (var node in nodes) node.Dispose();
    }
}
