using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What one may do with a document, for its page.</summary>
public sealed class DocumentActs(DocumentService documents, DocumentEdits edits, BinService bin, CommentService comments, ViewService views, FormFiles files)
{
    public DocumentService Documents => documents;
    public DocumentEdits Edits => edits;
    public BinService Bin => bin;
    public CommentService Comments => comments;
    public ViewService Views => views;
    public FormFiles Files => files;
}
