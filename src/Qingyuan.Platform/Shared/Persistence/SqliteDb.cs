using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>The model on the embedded engine: instants are Unix microseconds, so that they sort and compare as integers.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options, IEnumerable<IModelPart> parts) : QingyuanDb(options, parts)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondConverter>();
    }

    private sealed class MicrosecondConverter() : ValueConverter<DateTimeOffset, long>(
        at => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        micros => new DateTimeOffset((micros * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero));
}
