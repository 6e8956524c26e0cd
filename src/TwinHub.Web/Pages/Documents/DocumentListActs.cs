using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What one may do in the list of documents, for its page.</summary>
public sealed class DocumentListActs(FolderService folders, FormFiles files, UploadData uploads)
{
    public FolderService Folders => folders;
    public FormFiles Files => files;
    public UploadData Uploads => uploads;
}
