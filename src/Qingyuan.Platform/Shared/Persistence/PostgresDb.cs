using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>The model on PostgreSQL: instants are <c>timestamptz</c> in UTC, station wall-clock times <c>timestamp</c>.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options, IEnumerable<IModelPart> parts) : QingyuanDb(options, parts)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<DateTime>().HaveColumnType("timestamp without time zone");
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        at => at.ToUniversalTime(),
        at => at);
}
