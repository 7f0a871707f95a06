namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Which stations belong to which organisations. Declared here, told by the slice that keeps the archive.</summary>
public interface IOrganisationStations
{
    /// <summary>Numbers of the stations whose discharger is one of <paramref name="organisations"/>.</summary>
    IReadOnlySet<int> Of(IReadOnlyCollection<string> organisations);
}
