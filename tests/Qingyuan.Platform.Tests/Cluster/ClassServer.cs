namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>One PostgreSQL for the tests of a class, each with a database of its own: what nodes hold and see of one another is of one database.</summary>
public sealed class ClassServer : IAsyncLifetime
{
    private PostgresServer? _server;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.OwnAsync();

    public Task<string> NewDatabaseAsync() => _server!.NewDatabaseAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
