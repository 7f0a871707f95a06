using System.Globalization;
using System.Text.Json;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

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

    /// <exception cref="WrongUseException">The settings file cannot be read, with the place.</exception>
    public static void Fill(IConfigurationBuilder configuration, DataDirectory data, IReadOnlyDictionary<string, string?> said)
    {
        configuration.Sources.Clear();
        try
        {
            configuration.AddJsonFile(data.Settings, optional: true, reloadOnChange: false);
        }
        catch (InvalidDataException error)
        {
            throw new WrongUseException($"{data.Settings}: {Fault(error.GetBaseException())}");
        }

        configuration.AddEnvironmentVariables(Environment).AddInMemoryCollection(said);
    }

    /// <exception cref="WrongUseException">A setting that cannot be read, with its name.</exception>
    public static ServerSettings Bind(IConfiguration configuration)
    {
        try
        {
            return Checked(configuration.Get<ServerSettings>() ?? new());
        }
        catch (InvalidOperationException error)
        {
            throw new WrongUseException(WrongSetting.Explain(error) ?? error.Message);
        }
    }

    private static ServerSettings Checked(ServerSettings settings)
    {
        if (settings.Database is { } database && DatabaseAddress.Fault(database) is { } why) throw new WrongUseException($"setting {nameof(ServerSettings.Database)} (--db): {why}");
        if (settings.Otlp is { } otlp && !(Uri.TryCreate(otlp, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new WrongUseException($"setting {nameof(ServerSettings.Otlp)} '{otlp}': expected an http or https address, such as http://127.0.0.1:4318");
        if (settings.OtlpShare is not (>= 0 and <= 1)) throw new WrongUseException(string.Create(CultureInfo.InvariantCulture, $"setting {nameof(ServerSettings.OtlpShare)} '{settings.OtlpShare}': expected a share from 0 to 1"));
        return settings;
    }

    // The reader counts lines from 0 and says so behind its sentence.
    private static string Fault(Exception error)
    {
        if (error is not JsonException { LineNumber: { } line }) return error.Message;
        var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}: {(place < 0 ? error.Message : error.Message[..place])}");
    }
}
