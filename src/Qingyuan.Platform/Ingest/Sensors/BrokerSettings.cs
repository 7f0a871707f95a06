using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>Checks at start what the settings of MQTT name: a bad one stops the process with its name.</summary>
internal sealed class BrokerSettings : IValidateOptions<IngestOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options.MqttFrom, new ValidationContext(options.MqttFrom), faults, validateAllProperties: true);
        var said = faults.Select(fault => $"Ingest:MqttFrom: {fault.ErrorMessage}").ToList();
        if (options.MqttFrom.Authority is { Length: > 0 } authority) Try("Ingest:MqttFrom:Authority", authority, file => new X509Certificate2Collection().ImportFromPemFile(file), said);
        return said.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(said);
    }

    private static void Try(string setting, string file, Action<string> load, List<string> said)
    {
        try
        {
            load(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            said.Add($"{setting} {file}: {error.Message}");
        }
    }
}
