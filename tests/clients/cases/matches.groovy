// Run by OmegaT when it has loaded a project: writes which glossary entries its own search finds in each segment.
import org.omegat.core.Core
import org.omegat.gui.glossary.FindGlossaryThread
import org.omegat.gui.glossary.GlossaryManager

if ((eventType as String) == "LOAD") {
    def reader = new GlossaryManager(null)
    reader.priorityGlossary = new File("/nowhere")
    def entries = []
    new File(Core.project.projectProperties.glossaryRoot).listFiles().sort().each { entries.addAll(reader.loadGlossaryFile(it)) }
    def manager = new GlossaryManager(null) { List getGlossaryEntries(String source) { entries } }
    def out = new File(new File(Core.project.projectProperties.projectRoot), "matches.tsv")
    out.setText("", "UTF-8")
    Core.project.allEntries.each { segment ->
        def search = new FindGlossaryThread(null, segment, manager) { protected void checkEntryChanged() {} }
        search.search().each { found ->
            found.getLocTerms(false).each { out.append([segment.srcText, found.srcText, it].join("\t") + "\n", "UTF-8") }
        }
    }
}
