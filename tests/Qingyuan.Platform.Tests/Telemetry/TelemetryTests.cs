using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Tests that hold on both engines: a class derives one for each.</summary>
public abstract class TelemetryTests(Engine engine)
{
    private protected async Task<TelemetryHouse> OpenAsync(string? folder = null, Func<string>? pragmas = null, params (string Name, string Value)[] settings)
    {
        var database = engine is Engine.Postgres && folder is null ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null;
        return await TelemetryHouse.OpenOnAsync(database, folder, pragmas, settings);
    }
}
