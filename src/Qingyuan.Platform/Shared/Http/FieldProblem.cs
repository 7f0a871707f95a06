using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Malformed input as a problem document that can be said in another language still: who made it need not know who reads it.</summary>
internal sealed class FieldProblem : ProblemDetails
{
    private readonly Fault _fault;

    private FieldProblem(Fault fault) => _fault = fault;

    /// <summary>In the language of the reader, as far as it is known here.</summary>
    public static FieldProblem Of(string field, Fault fault)
    {
        var said = fault.Say();
        return new(fault)
        {
            Type = "request.field-invalid", Status = StatusCodes.Status400BadRequest, Title = $"{field}: {said}", Detail = said, Extensions = { ["field"] = field },
        };
    }

    public void Say(CultureInfo culture) => Detail = _fault.Say(culture);
}
