using Qingyuan.Host.Commands;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Serving;

/// <summary>Reads the configuration in its order: file, environment, options.</summary>
internal static class Settings
{
    private const string Environment = "QINGYUAN__";

    /// <summary>The data directory, which decides where the settings file is.</summary>
    public static DataDirectory Directory(IReadOnlyDictionary<string, string?> said)
    {
        var outside = new ConfigurationBuilder().AddEnvironmentVariables(Environment).AddInMemoryCollection(said).Build();
        return new DataDirectory(outside[ServerSettings.DataKey] ?? "data");
    }

    /// <summary>What the environment says, for verbs that concern no data directory yet.</summary>
    public static IConfiguration Outside() => new ConfigurationBuilder().AddEnvironmentVariables(Environment).Build();

    public static void Fill(IConfigurationBuilder configuration, DataDirectory data, IReadOnlyDictionary<string, string?> said)
    {
        configuration.Sources.Clear();
        configuration
            .AddJsonFile(data.Settings, optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(Environment)
            .AddInMemoryCollection(said);
    }

    /// <exception cref="WrongUseException">A setting that cannot be read, with its name.</exception>
    public static ServerSettings Bind(IConfiguration configuration)
    {
        try
        {
            return configuration.Get<ServerSettings>() ?? new();
        }
        catch (InvalidOperationException error)
        {
            throw new WrongUseException(error.Message);
        }
    }
}
