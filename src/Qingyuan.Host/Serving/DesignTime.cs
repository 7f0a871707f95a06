using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Serving;

/// <summary>How <c>dotnet ef migrations add</c> sees the model on SQLite: all slices, no data. See docs/operations/migrations.md.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").Options, DesignTime.Parts());
}

/// <summary>The same on PostgreSQL.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=unused").Options, DesignTime.Parts());
}

internal static class DesignTime
{
    /// <summary>The tables of all slices, as the composition root registers them.</summary>
    public static IEnumerable<IModelPart> Parts()
    {
        var folder = new DataDirectory(Path.Combine(Path.GetTempPath(), "qingyuan-design-time"));
        var services = new ServiceCollection().AddLogging();
        services.AddPlatform(new ConfigurationBuilder().Build(), folder, new ServerSettings());
        return services.BuildServiceProvider().GetServices<IModelPart>();
    }
}
