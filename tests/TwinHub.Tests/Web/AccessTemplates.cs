
namespace TwinHub.Tests.Web;

/// <summary>
/// Templates and documents by their id alone. All of a network take its templates away, also who lost a group; its facilitators
/// bring their own; who may write in a group makes documents there.
/// </summary>
public static class AccessTemplates
{
    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        //                                                            id         out  memb othg othf faci obse revo disa
        new("GET /groups/{slug}/documents/new",                       "own",     "in 200 404 404 200 403 404 in"),
        new("GET /groups/{slug}/documents/new",                       "foreign", "in 404 404 404 404 404 404 in"),
        new("GET /groups/{slug}/documents/new",                       "absent",  "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/documents/new",                      "own",     "in 302 404 404 302 403 404 in"),
        new("POST /groups/{slug}/documents/new",                      "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/documents/new",                      "absent",  "in 404 404 404 404 404 404 in"),
        new("GET /networks/{slug}/templates",                         "own",     "in 200 200 404 200 200 200 in"),
        new("GET /networks/{slug}/templates",                         "foreign", "in 404 404 404 404 404 404 in"),
        new("GET /networks/{slug}/templates",                         "absent",  "in 404 404 404 404 404 404 in"),
        // A form without a file comes back to the only one who may send it.
        new("POST /networks/{slug}/templates",                        "own",     "in 403 403 404 400 403 403 in"),
        new("POST /networks/{slug}/templates",                        "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /networks/{slug}/templates",                        "absent",  "in 404 404 404 404 404 404 in"),
        new("POST /networks/{slug}/templates?handler=remove",         "own",     "in 403 403 404 302 403 403 in"),
        new("POST /networks/{slug}/templates?handler=remove",         "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /networks/{slug}/templates?handler=remove",         "absent",  "in 404 404 404 404 404 404 in"),
        new("GET /networks/{slug}/templates/{kind}/{language}",       "own",     "in 200 200 404 200 200 200 in"),
        new("GET /networks/{slug}/templates/{kind}/{language}",       "foreign", "in 404 404 404 404 404 404 in"),
        new("GET /networks/{slug}/templates/{kind}/{language}",       "absent",  "in 404 404 404 404 404 404 in"),
        new("POST /webinars/{id:guid}/report?handler=document",       "own",     "in 403 404 404 400 404 404 in"),
        new("POST /webinars/{id:guid}/report?handler=document",       "absent",  "in 404 404 404 404 404 404 in"),
    ];

    /// <summary>The address of a row that names a document or a template; null: of none of these.</summary>
    public static string? Path(AccessRow row) => row.Route switch
    {
        "GET /networks/{slug}/templates/{kind}/{language}" => row.Id switch { "own" => "/networks/hmln/templates/minutes/ar", "foreign" => "/networks/platforms/templates/minutes/ar", _ => "/networks/hmln/templates/none/ar" },
        _ => null,
    };

    /// <summary>The fields of one of these forms; null: of another.</summary>
    public static (string, string)[]? Form(string path) => path switch
    {
        "/groups/{slug}/documents/new" => [("Input.Id", Guid.NewGuid().ToString()), ("Input.Kind", "minutes"), ("Input.Language", "fr"), ("Input.Name", "Matrix")],
        "/networks/{slug}/templates" => [("Input.Id", Guid.NewGuid().ToString()), ("Input.Kind", "minutes"), ("Input.Language", "fr")],
        "/networks/{slug}/templates?handler=remove" => [("id", Guid.NewGuid().ToString())],
        _ => null,
    };
}
